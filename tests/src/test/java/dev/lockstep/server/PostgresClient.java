package dev.lockstep.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `pg_dump`, `pg_restore` and `psql` 18, new enough for every server here.
public record PostgresClient(Path bin) {
    /// Finds the programs, or has them fetched once a machine, which takes 10 to 20 seconds.
    public static PostgresClient find() {
        var script = Repository.root().resolve("tests/postgres-client").toString();
        var builder = new ProcessBuilder(script).redirectError(ProcessBuilder.Redirect.INHERIT);
        return new PostgresClient(Path.of(output(builder).strip()));
    }

    /// All that a database defines, as its owner sees it, in SQL.
    ///
    /// @param more options of `pg_dump`
    public String schema(Database database, List<String> more) {
        var command = new ArrayList<>(List.of(dump().toString(), "--schema-only"));
        command.addAll(more);
        command.addAll(List.of(
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--username=" + database.owner().user(),
                database.name()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PGPASSWORD", database.owner().password());
        // pg_dump writes a random word into two lines, lest the dump be tampered with.
        return output(builder)
                .lines()
                .filter(line -> !line.matches("\\\\(un)?restrict .*"))
                .collect(Collectors.joining("\n"));
    }

    private static String output(ProcessBuilder builder) {
        try {
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) throw new IllegalStateException(builder.command() + " failed");
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path dump() {
        return bin.resolve("pg_dump");
    }

    public Path restore() {
        return bin.resolve("pg_restore");
    }
}
