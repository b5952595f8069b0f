package dev.lockstep.runner;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Conventions;
import dev.lockstep.script.Naming;
import dev.lockstep.script.Placeholders;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say which scripts, and what stands for what in them.
final class Scripts {
    private static final String FILESYSTEM = "filesystem:";

    @Option(
            names = "--migrations",
            paramLabel = "DIR",
            split = ",",
            defaultValue = "${env:LOCKSTEP_MIGRATIONS}",
            description =
                    "Folder of the scripts, may be said several times; default migrations. Env: LOCKSTEP_MIGRATIONS")
    private List<String> migrations = List.of();

    @Option(
            names = "--placeholder",
            paramLabel = "NAME=VALUE",
            description = "What stands for ${NAME} in scripts; may be said several times."
                    + " Env: LOCKSTEP_PLACEHOLDERS, as a=1,b=2")
    private Map<String, String> placeholders = Map.of();

    @Option(names = "--placeholders-from-environment", hidden = true, defaultValue = "${env:LOCKSTEP_PLACEHOLDERS}")
    private Optional<String> more = Optional.empty();

    @Option(
            names = "--history-table",
            paramLabel = "TABLE",
            defaultValue = "${env:LOCKSTEP_HISTORY_TABLE}",
            description = "Name of Flyway's table; default flyway_schema_history. Env: LOCKSTEP_HISTORY_TABLE")
    private Optional<String> historyTable = Optional.empty();

    Optional<String> historyTable() {
        return historyTable;
    }

    Project project(String vendor) throws Refusal {
        var values = new HashMap<>(environment());
        values.putAll(placeholders);
        return new Project(folders(vendor), new Conventions(Naming.FLYWAY, Placeholders.NONE.with(values), false));
    }

    private List<Path> folders(String vendor) {
        return (migrations.isEmpty() ? List.of("migrations") : migrations)
                .stream().map(location -> folder(location, vendor)).toList();
    }

    /// Flyway's way to write a folder is taken too.
    private static Path folder(String location, String vendor) {
        var path = location.startsWith(FILESYSTEM) ? location.substring(FILESYSTEM.length()) : location;
        return Path.of(path.replace("{vendor}", vendor));
    }

    private Map<String, String> environment() throws Refusal {
        var values = new HashMap<String, String>();
        for (var pair : more.filter(text -> !text.isBlank())
                .map(text -> text.split(","))
                .orElse(new String[0])) {
            int at = pair.indexOf('=');
            if (at < 1) {
                throw new Refusal(
                        Code.Usage, "LOCKSTEP_PLACEHOLDERS", "is not NAME=VALUE: " + pair, "write it as a=1,b=2");
            }
            values.put(pair.substring(0, at).strip(), pair.substring(at + 1));
        }
        return values;
    }
}
