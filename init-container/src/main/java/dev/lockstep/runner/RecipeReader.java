package dev.lockstep.runner;

import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Identifier;
import dev.lockstep.dialect.Recipe;
import dev.lockstep.dialect.Recipe.Column;
import dev.lockstep.dialect.Recipe.Replacement;
import dev.lockstep.dialect.Recipe.Requirement;
import dev.lockstep.dialect.TableName;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes a recipe of options.
///
/// @param said what was written, by option: all that the recipe needs and nothing that it does not take
record RecipeReader(Map<String, List<String>> said, Address address) {

    Recipe read(RecipeKind kind) throws Refusal {
        var table = table();
        var old = column("--column", one("--column"));
        return switch (kind) {
            case rename -> replacement(table, old, single(old.sql()), true);
            case retype -> replacement(table, old, single(first("--using").orElse(old.sql())), false);
            case split -> replacement(table, old, parts(), false);
            case notNull -> new Requirement(table, old, one("--value"));
        };
    }

    private Recipe replacement(TableName table, Identifier old, List<Column> columns, boolean sameType) throws Refusal {
        var names = new HashSet<>(Set.of(folded(old)));
        for (var column : columns) {
            if (!names.add(folded(column.name()))) {
                throw new Refusal(
                        Code.Usage,
                        "--to",
                        "there is a column " + column.name().name() + " already",
                        "give the new column a name of its own");
            }
        }
        var was = sameType ? Optional.of(columns.getFirst().type()) : first("--was");
        var back = first("--back").orElse(columns.getFirst().name().sql());
        return new Replacement(table, old, was, columns, back, said.containsKey("--required"));
    }

    private static String folded(Identifier name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private List<Column> single(String from) throws Refusal {
        return List.of(new Column(column("--to", one("--to")), one("--type"), from));
    }

    private List<Column> parts() throws Refusal {
        var parts = values("--to");
        var types = values("--type");
        if (types.size() != 1 && types.size() != parts.size()) {
            throw new Refusal(
                    Code.Usage,
                    "--type",
                    "is written " + types.size() + " times for " + parts.size() + " columns",
                    "write it once for all, or once for each --to in the same order");
        }
        var columns = new ArrayList<Column>();
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            int at = part.indexOf('=');
            if (at < 1 || part.substring(at + 1).isBlank()) {
                throw new Refusal(
                        Code.Usage,
                        "--to",
                        "is not COLUMN=SQL: " + part,
                        "write --to \"first_name=substr(name, 1, 3)\"");
            }
            var name = column("--to", part.substring(0, at).strip());
            columns.add(new Column(name, types.get(types.size() == 1 ? 0 : i), part.substring(at + 1)));
        }
        return columns;
    }

    /// The schema `main` of SQLite is understood where a trigger could not name it.
    private TableName table() throws Refusal {
        var path = Identifier.path(one("--table"));
        boolean sqlite = address instanceof Address.Sqlite;
        boolean main = path.size() == 2 && path.getFirst().name().equalsIgnoreCase("main");
        if (path.isEmpty() || path.size() > 2 || sqlite && path.size() == 2 && !main) {
            throw new Refusal(
                    Code.Usage,
                    "--table",
                    "is no table's name here: " + one("--table"),
                    sqlite ? "write --table TABLE" : "write --table TABLE or --table SCHEMA.TABLE");
        }
        var schema = sqlite || path.size() == 1 ? Optional.<Identifier>empty() : Optional.of(path.getFirst());
        return new TableName(schema, path.getLast());
    }

    private static Identifier column(String option, String text) throws Refusal {
        var path = text.contains("=") ? List.<Identifier>of() : Identifier.path(text);
        if (path.size() != 1) {
            throw new Refusal(Code.Usage, option, "is no column's name: " + text, "write " + option + " COLUMN");
        }
        return path.getFirst();
    }

    private List<String> values(String option) throws Refusal {
        var values = said.getOrDefault(option, List.of());
        if (values.stream().anyMatch(String::isBlank)) {
            throw new Refusal(Code.Usage, option, "is empty", "write a value after it");
        }
        return values;
    }

    private Optional<String> first(String option) throws Refusal {
        var values = values(option);
        if (values.size() > 1) {
            throw new Refusal(Code.Usage, option, "is written " + values.size() + " times", "write it once");
        }
        return values.stream().findFirst();
    }

    private String one(String option) throws Refusal {
        return first(option).orElseThrow();
    }

    /// What a recipe does, for who has not said it.
    static String words(Recipe recipe) {
        return switch (recipe) {
            case Replacement it ->
                "%s.%s becomes %s"
                        .formatted(
                                it.table().name().name(),
                                it.old().name(),
                                it.columns().stream()
                                        .map(column -> column.name().name())
                                        .collect(Collectors.joining(", ")));
            case Requirement it -> it.table().name().name() + "." + it.column().name() + " becomes not null";
        };
    }
}
