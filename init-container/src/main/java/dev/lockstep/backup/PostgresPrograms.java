package dev.lockstep.backup;

import dev.lockstep.dialect.Address;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// PostgreSQL's own client programs: which ones, how they reach the server, and the watch over one that works.
///
/// @param folder where they are; absent: the newest that Debian's layout has, else the search path
/// @param failing the code of what fails without them
/// @param log takes what they say
/// @param stop asked all the time while one works; throws to end it
/// @param beat called every 30 s while one works
record PostgresPrograms(
        Address.Postgresql address,
        Optional<Path> folder,
        Code failing,
        Consumer<String> log,
        PostgresDump.Beat stop,
        PostgresDump.Beat beat) {
    private static final int TICK_MILLIS = 50;
    private static final int TICKS_A_BEAT = 600;
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    PostgresPrograms hearing(Consumer<String> other) {
        return new PostgresPrograms(address, folder, failing, other, stop, beat);
    }

    /// Runs one to its end.
    void run(List<String> command, String message, String remedy) throws Refusal {
        var process = start(command, true);
        try {
            await(process);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new Refusal(failing, address.shown(), message + " (exit " + process.exitValue() + ")", remedy);
        }
    }

    /// The programs say little, so what they say fits the pipe between two looks at it.
    void await(Process process) throws Refusal {
        var said = process.inputReader();
        try {
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
        } catch (IOException e) {
            throw new Refusal(failing, address.shown(), "a program's words cannot be read", "run again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Code.Terminated, address.shown(), "the run was interrupted", "run again");
        }
    }

    /// Told by its environment how to reach the server, so that no password is among the arguments.
    Process start(List<String> command, boolean together) throws Refusal {
        var builder = new ProcessBuilder(command).redirectErrorStream(together);
        var environment = builder.environment();
        address.password().ifPresent(password -> environment.put("PGPASSWORD", password));
        environment.put("PGDATABASE", address.database()); // as an argument, a name with = would be taken for more
        environment.put("PGSSLMODE", address.tls());
        address.ca().ifPresent(ca -> environment.put("PGSSLROOTCERT", ca.toString()));
        address.client().ifPresent(it -> {
            environment.put("PGSSLCERT", it.chain().toString());
            environment.put("PGSSLKEY", it.key().toString());
        });
        environment.put("PGCONNECT_TIMEOUT", "10");
        environment.put("PGAPPNAME", "lockstep/backup");
        environment.put("LC_ALL", "C");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new Refusal(
                    failing,
                    command.getFirst(),
                    "cannot be started",
                    "install the PostgreSQL client of the server's version or newer, or name its folder with LOCKSTEP_PG_BIN");
        }
    }

    String path(String name) {
        return folder.or(PostgresPrograms::newest)
                .map(folder -> folder.resolve(name).toString())
                .orElse(name);
    }

    private static Optional<Path> newest() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (var majors = Files.list(DEBIAN)) {
            return majors.filter(major -> Files.isExecutable(major.resolve("bin/pg_dump")))
                    .max(Comparator.comparingInt(PostgresPrograms::major))
                    .map(major -> major.resolve("bin"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int major(Path folder) {
        var name = String.valueOf(folder.getFileName());
        return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
    }
}
