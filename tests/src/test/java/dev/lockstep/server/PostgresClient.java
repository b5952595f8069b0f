package dev.lockstep.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// `pg_dump`, `pg_restore` and `psql` 18, new enough for every server here.
public record PostgresClient(Path bin) {
    /// Finds the programs, or has them fetched once a machine, which takes 10 to 20 seconds.
    public static PostgresClient find() {
        var script = Repository.root().resolve("tests/postgres-client").toString();
        try {
            var process = new ProcessBuilder(script)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (process.waitFor() != 0) throw new IllegalStateException(script + " failed");
            return new PostgresClient(Path.of(output));
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
