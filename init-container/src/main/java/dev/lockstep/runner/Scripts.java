package dev.lockstep.runner;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Conventions;
import java.nio.file.Path;
import java.util.ArrayList;
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
            description = "What stands for the placeholder NAME in scripts; may be said several times."
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

    @Option(
            names = "--flyway-config",
            paramLabel = "FILE",
            defaultValue = "${env:LOCKSTEP_FLYWAY_CONFIG}",
            description = "Flyway's configuration of the project; default flyway.toml or flyway.conf, if one lies here."
                    + " Env: LOCKSTEP_FLYWAY_CONFIG")
    private Optional<Path> config = Optional.empty();

    private Optional<FlywaySettings> read = Optional.empty();

    Optional<String> historyTable() throws Refusal {
        return historyTable.isPresent() ? historyTable : settings().value("table");
    }

    /// What the address does not say.
    Optional<String> schema() throws Refusal {
        return settings().schema();
    }

    /// The schemas that Flyway creates where they are missing.
    List<String> createdSchemas() throws Refusal {
        boolean creates =
                settings().value("createSchemas").map(Boolean::parseBoolean).orElse(true);
        return creates ? settings().schemas() : List.of();
    }

    /// The file whose settings are used.
    Optional<Path> config() {
        return config.or(FlywayFile::found);
    }

    private FlywaySettings settings() throws Refusal {
        var file = config();
        if (read.isEmpty() && file.isPresent()) {
            read = Optional.of(FlywaySettings.of(file.get().toString(), FlywayFile.read(file.get())));
        }
        return read.orElse(FlywaySettings.NONE);
    }

    Project project(String vendor) throws Refusal {
        var settings = settings();
        var values = new HashMap<>(environment());
        values.putAll(placeholders);
        return new Project(
                folders(vendor, settings),
                new Conventions(settings.naming(), settings.placeholders().with(values), settings.mixed()));
    }

    private List<Path> folders(String vendor, FlywaySettings settings) throws Refusal {
        var said = migrations.isEmpty() ? settings.locations() : migrations;
        var folders = new ArrayList<Path>();
        for (var location : said.isEmpty() ? List.of("migrations") : said) {
            folders.add(folder(location, vendor));
        }
        return folders;
    }

    /// Flyway's way to write a folder is taken too.
    private static Path folder(String location, String vendor) throws Refusal {
        if (!location.startsWith(FILESYSTEM) && location.matches("[a-z0-9]{2,}:.*")) {
            throw new Refusal(
                    Code.Usage,
                    location,
                    "only folders can be locations of scripts",
                    "name the folder that has them with --migrations");
        }
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
