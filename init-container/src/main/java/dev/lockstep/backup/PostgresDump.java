package dev.lockstep.backup;

import dev.lockstep.dialect.Address;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// `pg_dump -Fc` of one schema, read back whole by `pg_restore`: a mere listing succeeds on half a dump.
///
/// @param tools folder of pg_dump and pg_restore; absent: the newest that Debian's layout has, else the search
/// path
/// @param log takes what the tools say
/// @param stop asked all the time while a tool works; throws to end it
/// @param beat called every 30 s while a tool works, so that the session with the lock is seen alive
public record PostgresDump(Address.Postgresql address, Optional<Path> tools, Consumer<String> log, Beat stop, Beat beat)
        implements Backups.Medium {
    private static final int TICK_MILLIS = 50;
    private static final int TICKS_A_BEAT = 600;
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /// Asked in between.
    public interface Beat {
        void check() throws Refusal;
    }

    @Override
    public void into(Path file) throws Refusal {
        var dump = new ArrayList<>(List.of(
                tool("pg_dump"),
                "--format=custom",
                "--no-password",
                "--lock-wait-timeout=10s",
                "--schema=" + quoted(address.schema()),
                "--host=" + address.host(),
                "--port=" + address.port(),
                "--username=" + address.user(),
                "--file=" + file));
        address.role().ifPresent(role -> dump.add("--role=" + role));
        dump.add("--dbname=" + address.database());
        run(dump, Code.BackupFailed, "pg_dump failed", "see the log; the role must be able to read every table");
        decode(file);
    }

    @Override
    public void decode(Path file) throws Refusal {
        var read = List.of(tool("pg_restore"), "--file=/dev/null", file.toString());
        run(read, Code.BackupFailed, "the dump cannot be read back", "check the disk; the run is tried again");
    }

    /// All or nothing, into a schema that is there and empty. Objects belong to who restores them.
    @Override
    public void restore(Path file) throws Refusal {
        var restore = new ArrayList<>(List.of(
                tool("pg_restore"),
                "--single-transaction",
                "--exit-on-error",
                "--no-owner",
                "--no-password",
                "--schema=" + address.schema(),
                "--host=" + address.host(),
                "--port=" + address.port(),
                "--username=" + address.user(),
                "--dbname=" + address.database()));
        address.role().ifPresent(role -> restore.add("--role=" + role));
        restore.add(file.toString());
        run(restore, Code.RestoreFailed, "pg_restore failed, and nothing was restored", "see the log");
    }

    /// The schema's definitions as lines, without remarks and without the tables that a migration tool keeps.
    public List<String> definitions(List<String> without) throws Refusal {
        var lines = new ArrayList<String>();
        var dump = new ArrayList<>(List.of(
                tool("pg_dump"),
                "--schema-only",
                "--no-owner",
                "--no-password",
                "--schema=" + quoted(address.schema()),
                "--host=" + address.host(),
                "--port=" + address.port(),
                "--username=" + address.user()));
        for (var table : without) {
            dump.add("--exclude-table=" + quoted(address.schema()) + "." + quoted(table));
        }
        address.role().ifPresent(role -> dump.add("--role=" + role));
        dump.add("--dbname=" + address.database());
        new PostgresDump(address, tools, lines::add, stop, beat)
                .run(dump, Code.BackupFailed, "pg_dump failed", "see the log");
        return lines.stream().filter(PostgresDump::defines).toList();
    }

    private static boolean defines(String line) {
        return !line.isBlank()
                && !line.startsWith("--")
                && !line.startsWith("\\")
                && !line.startsWith("SET ")
                && !line.startsWith("SELECT pg_catalog.set_config");
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private String tool(String name) {
        return tools.or(PostgresDump::newest)
                .map(folder -> folder.resolve(name).toString())
                .orElse(name);
    }

    private static Optional<Path> newest() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (var majors = Files.list(DEBIAN)) {
            return majors.filter(major -> Files.isExecutable(major.resolve("bin/pg_dump")))
                    .max(Comparator.comparingInt(PostgresDump::major))
                    .map(major -> major.resolve("bin"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int major(Path folder) {
        var name = String.valueOf(folder.getFileName());
        return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
    }

    private void run(List<String> command, Code code, String message, String remedy) throws Refusal {
        try {
            var process = builder(command).start();
            try {
                await(process);
            } finally {
                process.destroyForcibly();
            }
            if (process.exitValue() != 0) {
                throw new Refusal(code, address.shown(), message + " (exit " + process.exitValue() + ")", remedy);
            }
        } catch (IOException e) {
            throw new Refusal(
                    code,
                    command.getFirst(),
                    "cannot be started",
                    "install the PostgreSQL client of the server's version or newer, or name its folder with LOCKSTEP_PG_BIN");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Code.Terminated, address.shown(), "the backup was interrupted", "run again");
        }
    }

    private ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        var environment = builder.environment();
        address.password().ifPresent(password -> environment.put("PGPASSWORD", password));
        environment.put("PGSSLMODE", address.tls());
        address.ca().ifPresent(ca -> environment.put("PGSSLROOTCERT", ca.toString()));
        environment.put("PGCONNECT_TIMEOUT", "10");
        environment.put("PGAPPNAME", "lockstep/backup");
        environment.put("LC_ALL", "C");
        return builder;
    }

    /// The tools say little, so what they say fits the pipe between two looks at it.
    private void await(Process process) throws IOException, InterruptedException, Refusal {
        var said = process.inputReader();
        for (int ticks = 1; !process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS); ticks++) {
            while (said.ready()) {
                log.accept(said.readLine());
            }
            stop.check();
            if (ticks % TICKS_A_BEAT == 0) {
                beat.check();
            }
        }
        said.lines().forEach(log);
    }
}
