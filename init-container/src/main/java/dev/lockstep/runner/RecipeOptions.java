package dev.lockstep.runner;

import dev.lockstep.dialect.Recipe;
import dev.lockstep.handover.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// The options that say which recipe, and of what. All names of tables and columns are as the database
/// keeps them.
final class RecipeOptions {
    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description =
                    "rename, retype, split or not-null; needs --database, because the databases' triggers differ.")
    private Optional<String> recipe = Optional.empty();

    @Option(names = "--table", paramLabel = "TABLE", description = "The table, or SCHEMA.TABLE.")
    private Optional<String> table = Optional.empty();

    @Option(names = "--column", paramLabel = "COLUMN", description = "The column that is there.")
    private Optional<String> column = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "COLUMN",
            description = "The new column; for split COLUMN=SQL, made of the old column, once for each.")
    private List<String> to = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "The new column's type; for split one for all, or one for each in the order of --to.")
    private List<String> type = new ArrayList<>();

    @Option(names = "--using", paramLabel = "SQL", description = "retype: the new value, made of the old column.")
    private Optional<String> using = Optional.empty();

    @Option(
            names = "--back",
            paramLabel = "SQL",
            description = "retype, split: the old value, made of the new columns.")
    private Optional<String> back = Optional.empty();

    @Option(names = "--was", paramLabel = "TYPE", description = "retype, split: the old column's type, for --down.")
    private Optional<String> was = Optional.empty();

    @Option(names = "--required", description = "rename, retype, split: the old column is NOT NULL.")
    private boolean required;

    @Option(names = "--value", paramLabel = "SQL", description = "not-null: what stands in for NULL.")
    private Optional<String> value = Optional.empty();

    /// @param down down scripts are to be written too
    /// @return empty if no recipe is asked for
    /// @throws Refusal `Usage`: what is missing, not taken or not understood
    Optional<Recipe> recipe(Place place, boolean down) throws Refusal {
        var said = said();
        if (recipe.isEmpty() && said.isEmpty()) {
            return Optional.empty();
        }
        var kind = RecipeKind.of(recipe, said.keySet(), down);
        return Optional.of(new RecipeReader(said, place.dialect().address()).read(kind));
    }

    /// What was written, by option.
    private SortedMap<String, List<String>> said() {
        var said = new TreeMap<String, List<String>>();
        said.put("--table", table.stream().toList());
        said.put("--column", column.stream().toList());
        said.put("--to", to);
        said.put("--type", type);
        said.put("--using", using.stream().toList());
        said.put("--back", back.stream().toList());
        said.put("--was", was.stream().toList());
        said.put("--required", required ? List.of("true") : List.of());
        said.put("--value", value.stream().toList());
        said.values().removeIf(List::isEmpty);
        return said;
    }
}
