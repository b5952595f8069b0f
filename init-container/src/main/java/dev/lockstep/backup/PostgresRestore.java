package dev.lockstep.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.dialect.Address;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A dump played into a database by `psql`, in one transaction: `pg_restore` 17 and newer sets `transaction_timeout`,
/// which servers before 17 refuse, so it cannot restore into them by itself
/// ([the script's settings](https://www.postgresql.org/docs/17/runtime-config-client.html#GUC-TRANSACTION-TIMEOUT)).
///
/// @param schemas of the dump; the rest stays where it is
/// @param before what is done first, in the same transaction
record PostgresRestore(PostgresPrograms programs, List<String> schemas, String before) {
    private static final String UNKNOWN_BEFORE_17 = "SET transaction_timeout = 0;\n";
    private static final String DONE = "lockstep: restored, not committed";
    private static final int TICK_MILLIS = 50;
    private static final String LAST_SETTING = "SET client_encoding";

    /// @param list of what is to be restored; empty: all of it
    void play(Path file, List<String> list) throws Refusal {
        if (list.isEmpty()) {
            play(script(file, List.of()));
            return;
        }
        try {
            var chosen = Files.createTempFile("lockstep", ".list");
            try {
                Files.write(chosen, list);
                play(script(file, List.of("--use-list=" + chosen)));
            } finally {
                Files.delete(chosen);
            }
        } catch (IOException e) {
            throw new Refusal(
                    Code.RestoreFailed,
                    address().shown(),
                    "no list for pg_restore can be written (" + e.getClass().getSimpleName() + ")",
                    "check the folder for temporary files");
        }
    }

    private void play(List<String> command) throws Refusal {
        var script = programs.start(command, false);
        try {
            var server = programs.start(server(), true);
            var done = new CountDownLatch(1);
            try {
                var copy = Thread.ofVirtual().start(() -> copy(script, server, done));
                programs.hearing(line -> hear(line, done)).await(server);
                copy.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refusal(Code.Terminated, address().shown(), "the run was interrupted", "run again");
            } finally {
                server.destroyForcibly();
            }
            judge("pg_restore", script);
            judge("psql", server);
        } finally {
            script.destroyForcibly();
        }
    }

    private Address.Postgresql address() {
        return programs.address();
    }

    private void judge(String name, Process process) throws Refusal {
        if (process.isAlive() || process.exitValue() != 0) {
            throw new Refusal(
                    Code.RestoreFailed, address().shown(), name + " failed, and nothing was restored", "see the log");
        }
    }

    private List<String> script(Path file, List<String> more) {
        var command = new ArrayList<>(List.of(programs.path("pg_restore"), "--exit-on-error", "--no-owner"));
        command.addAll(more);
        schemas.forEach(schema -> command.add("--schema=" + schema));
        command.addAll(List.of("--file=-", file.toString()));
        return command;
    }

    private List<String> server() {
        return List.of(
                programs.path("psql"),
                "--no-psqlrc",
                "--no-password",
                "--quiet",
                "--output=/dev/null",
                "--set=ON_ERROR_STOP=1",
                "--host=" + address().host(),
                "--port=" + address().port(),
                "--username=" + address().user());
    }

    /// The COMMIT is sent only if the whole script came: to `psql --single-transaction` the end of a script that broke
    /// off is an end like any other, and it would commit a half.
    ///
    /// Nor is it sent before all else is done: a pipe keeps it for psql when this process is dead.
    private void copy(Process script, Process server, CountDownLatch done) {
        try (var in = script.getInputStream();
                var out = server.getOutputStream()) {
            for (var line : opening()) {
                out.write(line.getBytes(UTF_8));
            }
            settings(in, out);
            in.transferTo(out);
            script.errorReader().lines().forEach(programs.log());
            if (script.waitFor() == 0) {
                out.write(("\\echo " + DONE + "\n").getBytes(ISO_8859_1));
                out.flush();
                commit(out, server, done);
            }
        } catch (IOException e) {
            script.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void commit(OutputStream out, Process server, CountDownLatch done)
            throws IOException, InterruptedException {
        while (server.isAlive()) {
            if (done.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                out.write("COMMIT;\n".getBytes(ISO_8859_1));
                return;
            }
        }
    }

    private void hear(String line, CountDownLatch done) {
        if (line.equals(DONE)) {
            done.countDown();
        } else {
            programs.log().accept(line);
        }
    }

    private List<String> opening() {
        var lines = new ArrayList<>(List.of("BEGIN;\n"));
        address().role().ifPresent(role -> lines.add("SET ROLE \"" + role.replace("\"", "\"\"") + "\";\n"));
        lines.add(before);
        return lines;
    }

    private static void settings(InputStream in, OutputStream out) throws IOException {
        for (var line = line(in); ; line = line(in)) {
            if (!line.equals(UNKNOWN_BEFORE_17)) {
                out.write(line.getBytes(ISO_8859_1));
            }
            if (line.isEmpty() || line.startsWith(LAST_SETTING)) {
                return;
            }
        }
    }

    /// Byte for byte, with its end; empty at the end of the script.
    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toString(ISO_8859_1);
    }
}
