package dev.lockstep.lint;

import dev.lockstep.script.Script;
import dev.lockstep.script.Statement;
import dev.lockstep.script.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A batch that fills columns of rows that lack them, told from its one statement.
///
/// @param assigned the columns that it fills, in lower case
public record Filling(Statement statement, Set<String> assigned) {

    /// Absent for what is no batch, or one that does something else than `UPDATE … SET column = …`.
    public static Optional<Filling> of(Script script) {
        return script.header().batch().isPresent() && script.statements().size() == 1
                ? Optional.of(script.statements().getFirst())
                        .filter(it -> it.begins("update"))
                        .map(Filling::of)
                : Optional.empty();
    }

    private static Filling of(Statement statement) {
        var assigned = assignments(statement).stream()
                .map(it -> new Reader(it).name())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        return new Filling(statement, assigned);
    }

    /// The first word at the statement's own level, not in parentheses.
    private static int find(Statement statement, String word) {
        int depth = 0;
        for (int i = 0; i < statement.tokens().size(); i++) {
            var token = statement.tokens().get(i);
            depth += token.is("(") || token.is("{") ? 1 : token.is(")") || token.is("}") ? -1 : 0;
            if (depth == 0 && token.is(word)) {
                return i;
            }
        }
        return statement.tokens().size();
    }

    private static List<Statement> assignments(Statement statement) {
        int from = Math.min(statement.tokens().size(), find(statement, "set") + 1);
        int to = Math.min(find(statement, "from"), find(statement, "where"));
        var all = from < to ? statement.tokens().subList(from, to) : List.<Token>of();
        if (all.isEmpty()) {
            return List.of();
        }
        var reader = new Reader(new Statement(all));
        var found = new ArrayList<Statement>();
        do {
            found.add(reader.clause());
        } while (reader.nextClause());
        return found;
    }

    /// Does this script drop a column that the batch reads?
    public boolean losesSource(Script contract) {
        return contract.statements().stream()
                .flatMap(it -> Action.of(it).stream())
                .filter(action -> action.begins("drop") && !action.begins("drop", "constraint"))
                .anyMatch(action ->
                        names(action.table().substring(action.table().lastIndexOf('.') + 1))
                                && names(action.member())
                                && !assigned.contains(action.member().toLowerCase(Locale.ROOT)));
    }

    private boolean names(String name) {
        return names(statement.tokens(), name);
    }

    private static boolean names(List<Token> tokens, String name) {
        return tokens.stream()
                .anyMatch(token -> (token.type() == Token.Type.Word || token.type() == Token.Type.Name)
                        && token.text().equalsIgnoreCase(name));
    }

    /// Does it touch only rows that it has not filled? Where its WHERE asks for a column that it fills to be NULL, and
    /// what it fills in does not rest on a column that it changes, a second time does nothing.
    public boolean repeatable() {
        return !assigned.isEmpty() && !assigned.contains("") && !restsOnItself() && asksForNull();
    }

    private boolean restsOnItself() {
        return assignments(statement).stream()
                .map(it -> it.tokens().subList(find(it, "="), it.tokens().size()))
                .anyMatch(value -> assigned.stream().anyMatch(column -> names(value, column)));
    }

    /// Of conditions that all have to hold.
    private boolean asksForNull() {
        int where = find(statement, "where");
        if (where >= statement.tokens().size()) {
            return false;
        }
        var condition = new Statement(
                statement.tokens().subList(where, statement.tokens().size()));
        return find(condition, "or") == condition.tokens().size()
                && IntStream.range(1, condition.tokens().size()).anyMatch(i -> asksForNull(condition, i));
    }

    private boolean asksForNull(Statement condition, int at) {
        boolean qualified = at > 1 && condition.hasAt(at - 1, ".");
        int from = qualified ? at - 2 : at;
        int end = at + 3;
        boolean begins = condition.hasAt(from - 1, "where") || condition.hasAt(from - 1, "and");
        boolean ends = end == condition.tokens().size() || condition.hasAt(end, "and");
        return assigned.contains(condition.tokens().get(at).text().toLowerCase(Locale.ROOT))
                && condition.hasAt(at + 1, "is", "null")
                && (!qualified || condition.tokens().get(from).text().equals(called()))
                && begins
                && ends
                && isAtTheTop(condition, at);
    }

    /// By which name the statement knows the table that it fills: another table of a FROM may have such a column too.
    /// Where no table is named, the databases refuse a column that several have.
    private String called() {
        var reader = new Reader(statement, 1);
        var table = reader.parts();
        reader.take("*");
        reader.take("as");
        boolean aliased = reader.more() && !reader.peek().is("set");
        return aliased ? reader.peek().text() : table.isEmpty() ? "" : table.getLast();
    }

    private static boolean isAtTheTop(Statement condition, int at) {
        long open =
                condition.tokens().stream().limit(at).filter(it -> it.is("(")).count();
        long closed =
                condition.tokens().stream().limit(at).filter(it -> it.is(")")).count();
        return open == closed;
    }
}
