package dev.lockstep.lint;

import dev.lockstep.script.Batch;
import dev.lockstep.script.Statement;
import dev.lockstep.script.Token;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a statement should not say wherever it stands.
record StatementChecks(Sight sight) implements Check {

    @Override
    public Stream<Finding> of(Statement statement) {
        return Stream.of(transaction(statement), secret(statement), cascade(statement), everyRow(statement))
                .flatMap(it -> it);
    }

    private Stream<Finding> transaction(Statement statement) {
        boolean ends = Stream.of("begin", "commit", "rollback", "end", "abort").anyMatch(statement::begins)
                || statement.begins("start", "transaction");
        return ends && !statement.has("prepared")
                ? Stream.of(found(
                        Rule.TransactionInScript,
                        statement.line(),
                        "a script is one transaction with its row in the history, and this ends it or is without effect",
                        List.of("delete it; a script that must not be a transaction says '-- Transaction: none'")))
                : Stream.empty();
    }

    private Stream<Finding> secret(Statement statement) {
        return IntStream.range(1, statement.tokens().size())
                .filter(i -> statement.tokens().get(i - 1).is("password"))
                .mapToObj(statement.tokens()::get)
                .filter(token ->
                        token.type() == Token.Type.Literal && token.text().endsWith("'"))
                .map(token -> found(
                        Rule.SecretInScript,
                        token.line(),
                        "a password stands here",
                        List.of("let whoever provisions the server set it")));
    }

    private Stream<Finding> cascade(Statement statement) {
        boolean takes = statement.begins("drop") || statement.begins("truncate");
        boolean column = Action.of(statement).stream().anyMatch(action -> action.begins("drop"));
        return (takes || column) && statement.tokens().getLast().is("cascade")
                ? Stream.of(found(
                        Rule.Cascade,
                        statement.line(),
                        "what depends on it goes too, whatever that is by then",
                        List.of("name what is to go, one by one")))
                : Stream.empty();
    }

    private Stream<Finding> everyRow(Statement statement) {
        boolean writes = statement.begins("update") || statement.begins("delete", "from");
        var table = Classifier.effect(statement).on();
        var name = statement.begins("update") ? new Reader(statement, 1).name() : table;
        return writes && !statement.has("where") && sight.old(name)
                ? Stream.of(found(
                        Rule.EveryRow,
                        statement.line(),
                        "every row of " + name + " stays locked until the script is done",
                        List.of(
                                "in a script of its own:",
                                "-- Batch: table=" + name,
                                Wording.of(statement) + " where " + Batch.MARKER + ";")))
                : Stream.empty();
    }
}
