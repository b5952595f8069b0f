package dev.lockstep.runner;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Naming;
import dev.lockstep.script.Placeholders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a project's own configuration of Flyway says of its scripts. Where the database is and who enters it is not
/// read.
///
/// @param values only settings that are followed
record FlywaySettings(Map<String, String> values) {
    static final FlywaySettings NONE = new FlywaySettings(Map.of());

    private static final String PLACEHOLDER = "placeholders.";

    private static final Set<String> FOLLOWED = Set.of(
            "table",
            "locations",
            "defaultSchema",
            "schemas",
            "createSchemas",
            "mixed",
            "placeholderReplacement",
            "placeholderPrefix",
            "placeholderSuffix",
            "placeholderSeparator",
            "sqlMigrationPrefix",
            "undoSqlMigrationPrefix",
            "repeatableSqlMigrationPrefix",
            "baselineMigrationPrefix",
            "sqlMigrationSeparator",
            "sqlMigrationSuffixes");

    /// Values with which these change nothing here; any other would change what runs.
    private static final Map<String, String> ONLY = Map.ofEntries(
            Map.entry("encoding", "(?i)utf-8"),
            Map.entry("detectEncoding", "false"),
            Map.entry("group", "false"),
            Map.entry("executeInTransaction", "true"),
            Map.entry("skipExecutingMigrations", "false"),
            Map.entry("skipDefaultCallbacks", "false"),
            Map.entry("skipDefaultResolvers", "false"),
            Map.entry("target", "latest"),
            Map.entry("cherryPick", ""),
            Map.entry("callbacks", ""),
            Map.entry("callbackLocations", ""),
            Map.entry("resolvers", ""),
            Map.entry("migrationResolvers", ""),
            Map.entry("initSql", ""),
            Map.entry("errorOverrides", ""),
            Map.entry("dryRunOutput", ""));

    /// Where the database is, how Flyway talks, and what Lockstep does in its own way.
    private static final Set<String> IGNORED = Set.of(
            "url",
            "user",
            "password",
            "driver",
            "environment",
            "connectRetries",
            "connectRetriesInterval",
            "lockRetryCount",
            "baselineOnMigrate",
            "baselineVersion",
            "baselineDescription",
            "cleanDisabled",
            "cleanOnValidationError",
            "outOfOrder",
            "validateOnMigrate",
            "validateMigrationNaming",
            "ignoreMigrationPatterns",
            "failOnMissingLocations",
            "failOnMissingTarget",
            "installedBy",
            "tablespace",
            "stream",
            "batch",
            "outputQueryResults",
            "outputProgress",
            "outputType",
            "outputLogsInJson",
            "color",
            "loggers",
            "jarDirs",
            "workingDirectory",
            "configFiles",
            "configFileEncoding",
            "communityDBSupportEnabled",
            "reportEnabled",
            "reportFilename",
            "provisionMode",
            "provisioner",
            "displayName",
            "licenseKey",
            "email",
            "token",
            "edition",
            "kerberosConfigFile",
            "powershellExecutable",
            "scriptPlaceholderPrefix",
            "scriptPlaceholderSuffix");

    FlywaySettings {
        values = Map.copyOf(values);
    }

    /// @param file for messages
    /// @throws Refusal `Usage` with the name of a setting that would change what runs and is not followed
    static FlywaySettings of(String file, Map<String, String> all) throws Refusal {
        var values = new TreeMap<String, String>();
        for (var setting : all.entrySet()) {
            var name = setting.getKey();
            var value = setting.getValue();
            if (FOLLOWED.contains(name) || name.startsWith(PLACEHOLDER)) {
                refuseVariable(file, name, value);
                values.put(name, value);
            } else if (ONLY.containsKey(name)) {
                refuseOther(file, name, value);
            } else if (!IGNORED.contains(name) && !name.contains(".")) {
                throw refusal(file, name, "is not known", "delete it, or report that it is missed");
            }
        }
        return new FlywaySettings(values);
    }

    private static void refuseVariable(String file, String name, String value) throws Refusal {
        if (value.contains("${") && !name.equals("placeholderPrefix")) {
            throw refusal(file, name, "refers to a variable", "say it on the command line, which wins");
        }
    }

    private static void refuseOther(String file, String name, String value) throws Refusal {
        if (!value.matches(ONLY.getOrDefault(name, ""))) {
            throw refusal(
                    file, name, "is not supported with the value " + value, "delete it, if the scripts do without");
        }
    }

    private static Refusal refusal(String file, String name, String message, String remedy) {
        return new Refusal(Code.Usage, file, "the setting " + name + " " + message, remedy);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private List<String> list(String name) {
        return value(name).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    List<String> locations() {
        return list("locations");
    }

    /// The schema that is migrated: the one that Flyway would take.
    Optional<String> schema() {
        return value("defaultSchema").or(() -> list("schemas").stream().findFirst());
    }

    /// All that the project names, in Flyway's order.
    List<String> schemas() {
        var others = list("schemas");
        var own = value("defaultSchema").filter(schema -> !others.contains(schema));
        return Stream.concat(own.stream(), others.stream()).toList();
    }

    boolean mixed() {
        return value("mixed").filter(Boolean::parseBoolean).isPresent();
    }

    Naming naming() {
        var defaults = Naming.FLYWAY;
        var suffixes = list("sqlMigrationSuffixes");
        return new Naming(
                value("sqlMigrationPrefix").orElse(defaults.versioned()),
                value("undoSqlMigrationPrefix").orElse(defaults.undo()),
                value("repeatableSqlMigrationPrefix").orElse(defaults.repeatable()),
                value("baselineMigrationPrefix").orElse(defaults.baseline()),
                value("sqlMigrationSeparator").orElse(defaults.separator()),
                suffixes.isEmpty() ? defaults.suffixes() : suffixes);
    }

    Placeholders placeholders() {
        var defaults = Placeholders.NONE;
        var named = new TreeMap<String, String>();
        values.forEach((name, value) -> {
            if (name.startsWith(PLACEHOLDER)) {
                named.put(name.substring(PLACEHOLDER.length()), value);
            }
        });
        return new Placeholders(
                named,
                value("placeholderPrefix").orElse(defaults.prefix()),
                value("placeholderSuffix").orElse(defaults.suffix()),
                value("placeholderSeparator").orElse(defaults.separator()),
                value("placeholderReplacement").map(Boolean::parseBoolean).orElse(true));
    }
}
