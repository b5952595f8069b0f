package dev.lockstep.plugin;

import dev.lockstep.plugin.Problem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What to send to whoever is asked for help.
@Command(
        description =
                "Packs what is known of a resource for whoever is asked for help: no Secret, no script's text, and"
                        + " what quotes rows is blacked out. Its README says what is in it.")
final class ReportVerb implements Cli.Verb {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Default: lockstep-report-NAME-TIME.tar.gz in this folder.")
    private Optional<Path> to = Optional.empty();

    ReportVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        var now = cli.world().clock().instant();
        try (var api = cli.api()) {
            var standing = api.read(name);
            var folder = "lockstep-report-"
                    + standing.name().substring(0, Math.min(20, standing.name().length()));
            var bundle = new Bundle("Report on schemamigration/" + standing.name() + ", " + STAMP.format(now));
            new Gathering(api, standing, Redaction.of(standing)).into(bundle);
            var file = to.orElseGet(
                    () -> Path.of("lockstep-report-" + standing.name() + "-" + STAMP.format(now) + ".tar.gz"));
            write(cli.world().folder().resolve(file), bundle, folder, now);
            bundle.missing().forEach(it -> cli.world().err().println("not in it: " + it));
            cli.world().out().println(file + " is written; look into its README before you send it");
            return 0;
        }
    }

    /// For its owner alone, and over no other file.
    private static void write(Path file, Bundle bundle, String folder, Instant now) throws Refused {
        try {
            var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.createFile(file, mine);
            Files.write(file, Archive.of(bundle.files(folder), now));
        } catch (IOException e) {
            throw new Refused(
                    Kind.Usage,
                    file.toString(),
                    "cannot be written (" + e.getClass().getSimpleName() + ")",
                    "name another file by --to");
        }
    }
}
