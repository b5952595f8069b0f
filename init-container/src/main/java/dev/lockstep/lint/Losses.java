package dev.lockstep.lint;

import dev.lockstep.script.Statement;
import dev.lockstep.script.Statements;
import dev.lockstep.script.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// In what a script may lose rows, told from its words: what it drops, empties, deletes from, updates or retypes.
/// Wider than [Effect.Weight#DESTRUCTIVE]: nobody waits for an approval of an `UPDATE`, but the values from before it
/// are in a backup or nowhere.
///
/// @param tables each as parts, its schema before it if the script says so
/// @param schemas dropped whole
/// @param untold line of a statement that destroys something which its words do not name; absent: there is none
/// @param hidden the script calls or runs what cannot be read here
/// @param cascades tables are emptied with all that refer to them
public record Losses(
        Set<List<String>> tables, Set<String> schemas, Optional<Integer> untold, boolean hidden, boolean cascades) {
    private static final Set<String> KEPT = Set.of("for", "on", "key", "do", "or", "before", "after", "of", "grant");
    private static final Set<String> NAMELESS = Set.of("owned", "extension", "type", "domain", "database");

    public Losses {
        tables = Set.copyOf(tables);
        schemas = Set.copyOf(schemas);
    }

    public static Losses of(Verdict verdict) {
        var found = new Found();
        var statements = verdict.script().statements();
        for (int i = 0; i < statements.size(); i++) {
            boolean destroys = verdict.effects().get(i).weight() == Effect.Weight.DESTRUCTIVE;
            found.in(statements.get(i), destroys);
        }
        return found.losses();
    }

    private static final class Found {
        private final Set<List<String>> tables = new HashSet<>();
        private final Set<String> schemas = new HashSet<>();
        private Optional<Integer> untold = Optional.empty();
        private boolean hidden;
        private boolean searches;
        private boolean cascades;

        /// An unqualified name means nothing certain to who does not know the search path.
        private Losses losses() {
            boolean lost = searches && tables.stream().anyMatch(parts -> parts.size() == 1);
            return new Losses(
                    tables, schemas, untold.or(() -> lost ? Optional.of(1) : Optional.empty()), hidden, cascades);
        }

        private void in(Statement statement, boolean destroys) {
            int before = tables.size() + schemas.size();
            boolean makes = statement.begins("create") || statement.begins("comment") || statement.begins("grant");
            searches |= statement.has("search_path");
            hidden |= statement.begins("select") || statement.begins("call") || statement.begins("execute");
            if (!makes) {
                read(statement);
            }
            if (destroys && tables.size() + schemas.size() == before && !named(statement)) {
                untold = untold.or(() -> Optional.of(statement.line()));
            }
        }

        /// Did another statement name the same before?
        private static boolean named(Statement statement) {
            var again = new Found();
            again.read(statement);
            return again.tables.size() + again.schemas.size() > 0;
        }

        private void read(Statement statement) {
            for (int i = 0; i < statement.tokens().size(); i++) {
                var token = statement.tokens().get(i);
                if (token.type() == Token.Type.Literal && statement.begins("do")) {
                    inside(token);
                } else if (token.type() == Token.Type.Word && !after(statement, i, KEPT)) {
                    at(statement, i);
                }
            }
        }

        /// What a block puts together and executes cannot be read.
        private void inside(Token body) {
            for (var statement : Statements.inside(body)) {
                boolean builds = statement.has("execute");
                hidden |= builds || statement.has("perform");
                untold = builds ? untold.or(() -> Optional.of(body.line())) : untold;
                read(statement);
            }
        }

        private static boolean after(Statement statement, int index, Set<String> words) {
            return index > 0 && words.contains(statement.tokens().get(index - 1).text());
        }

        private void at(Statement statement, int i) {
            switch (statement.tokens().get(i).text()) {
                case "drop" -> dropped(statement, new Reader(statement, i + 1));
                case "truncate" -> {
                    var reader = new Reader(statement, i + 1);
                    reader.take("table");
                    names(reader, tables::add);
                    cascades |= statement.has("cascade");
                }
                case "delete" -> one(statement, i + 1, "from");
                case "merge" -> one(statement, i + 1, "into");
                case "update" -> tables.add(new Reader(statement, i + 1).parts());
                case "alter" -> altered(statement, i);
                default -> {}
            }
        }

        private void one(Statement statement, int at, String word) {
            var reader = new Reader(statement, at);
            if (reader.take(word)) {
                tables.add(reader.parts());
            }
        }

        private void dropped(Statement statement, Reader reader) {
            if (reader.take("table") || reader.take("materialized", "view") || reader.take("foreign", "table")) {
                names(reader, tables::add);
            } else if (reader.take("schema")) {
                names(reader, parts -> schemas.add(parts.getFirst()));
            } else if (reader.more() && NAMELESS.contains(reader.peek().text()) && statement.has("cascade")) {
                untold = untold.or(() -> Optional.of(statement.line()));
            }
        }

        private void altered(Statement statement, int i) {
            var tokens = statement.tokens();
            for (var action : Action.of(new Statement(tokens.subList(i, tokens.size())))) {
                boolean drops = action.begins("drop") && !action.begins("drop", "constraint");
                if (drops || action.has("type")) {
                    tables.add(new Reader(statement, i + 2).parts());
                }
            }
        }

        private static void names(Reader reader, Consumer<List<String>> to) {
            do {
                to.accept(reader.parts());
                reader.take("*");
            } while (reader.take(","));
        }
    }
}
