package dev.lockstep.runner;

import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.AddressReader;
import dev.lockstep.dialect.AddressReader.Extras;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say which database and which scripts.
final class Place {
    @Option(
            names = "--database",
            paramLabel = "ADDRESS",
            defaultValue = "${env:LOCKSTEP_DATABASE}",
            description = "postgresql://user@host:port/db?schema=app or sqlite:app.db. Env: LOCKSTEP_DATABASE")
    private Optional<String> database = Optional.empty();

    @Mixin
    private final Scripts scripts = new Scripts();

    @Option(
            names = "--tls",
            paramLabel = "MODE",
            defaultValue = "${env:LOCKSTEP_TLS}",
            description =
                    "disable, prefer, require, verify-ca or verify-full; default verify-full, prefer to localhost without --ca."
                            + " Env: LOCKSTEP_TLS")
    private Optional<String> tls = Optional.empty();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            defaultValue = "${env:LOCKSTEP_CA}",
            description = "Certificate authority in PEM. Env: LOCKSTEP_CA")
    private Optional<Path> ca = Optional.empty();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            defaultValue = "${env:LOCKSTEP_PASSWORD_FILE}",
            description = "File whose first line is the password; else LOCKSTEP_PASSWORD, PGPASSWORD, .pgpass."
                    + " Env: LOCKSTEP_PASSWORD_FILE")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(
            names = "--password-from-environment",
            hidden = true,
            defaultValue = "${env:LOCKSTEP_PASSWORD:-${env:PGPASSWORD}}")
    private Optional<String> password = Optional.empty();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "${env:LOCKSTEP_ROLE}",
            description = "SET ROLE, so that objects have a stable owner. Env: LOCKSTEP_ROLE")
    private Optional<String> role = Optional.empty();

    Dialect dialect() throws Refusal {
        if (database.isEmpty()) {
            throw new Refusal(
                    Code.Usage,
                    "--database",
                    "no database is named",
                    "write --database ADDRESS or set LOCKSTEP_DATABASE");
        }
        var said = AddressReader.read(database.get(), new Extras(password(), tls, ca, role));
        var created = scripts.createdSchemas();
        var address = database.get().contains("schema=")
                ? said
                : scripts.schema().map(schema -> said.inSchema(schema, created)).orElse(said);
        return Dialect.of(scripts.historyTable().map(address::recordedIn).orElse(address));
    }

    private Optional<String> password() throws Refusal {
        if (passwordFile.isEmpty()) {
            return password;
        }
        try {
            return Files.readString(passwordFile.get()).lines().findFirst();
        } catch (IOException e) {
            throw new Refusal(
                    Code.SecretMissing,
                    passwordFile.get().toString(),
                    "the password's file cannot be read",
                    "create it");
        }
    }

    Graph graph(Dialect dialect, Cli cli) throws Refusal {
        scripts.config().ifPresent(file -> cli.screen().err().println("using " + file));
        return project(dialect).graph(dialect, cli.world().clock().instant(), cli.screen());
    }

    /// The graph of a verb that asks no database; which vendor's scripts, an address still says.
    Graph graph(Cli cli) throws Refusal {
        return graph(offline(), cli);
    }

    /// The same for a verb that may write the first script.
    Graph graphIfAny(Cli cli) throws Refusal {
        var dialect = offline();
        var project = project(dialect);
        return project.folders().stream().anyMatch(Files::isDirectory)
                ? project.drawn(dialect, cli.world().clock().instant(), cli.screen())
                : Graph.of(Catalogue.of(Map.of(), dialect.vendor()));
    }

    /// Where new scripts go, and how they are named.
    Project project() throws Refusal {
        return project(offline());
    }

    private Project project(Dialect dialect) throws Refusal {
        return scripts.project(dialect.vendor());
    }

    /// Which vendor's scripts, and which database's rules.
    String vendor() throws Refusal {
        return offline().vendor();
    }

    /// The database, or one of its kind, where only scripts are asked.
    private Dialect offline() throws Refusal {
        if (database.isPresent()) {
            return dialect();
        }
        var folders = scripts.project("postgresql").folders();
        boolean sqlite = folders.stream().anyMatch(folder -> Files.isDirectory(folder.resolve("sqlite")))
                && folders.stream().noneMatch(folder -> Files.isDirectory(folder.resolve("postgresql")));
        var address = sqlite ? "sqlite:database" : "postgresql://user@localhost/database";
        return Dialect.of(AddressReader.read(
                address, new Extras(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())));
    }

    /// What an approval is bound to: the database, whoever enters it.
    static String identity(Address address) {
        return switch (address) {
            case Address.Postgresql postgresql ->
                postgresql.host() + ":" + postgresql.port() + "/" + postgresql.database() + "?" + postgresql.schema();
            case Address.Sqlite sqlite -> String.valueOf(sqlite.file().getFileName());
        };
    }
}
