package dev.lockstep.backup;

import dev.lockstep.dialect.Address;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// `pg_dump -Fc` of one schema, read back whole by `pg_restore`: a mere listing succeeds on half a dump.
///
/// @param tools folder of pg_dump, pg_restore and psql; absent: the newest that Debian's layout has, else the search
/// path
/// @param log takes what the tools say
/// @param stop asked all the time while a tool works; throws to end it
/// @param beat called every 30 s while a tool works, so that the session with the lock is seen alive
public record PostgresDump(Address.Postgresql address, Optional<Path> tools, Consumer<String> log, Beat stop, Beat beat)
        implements Backups.Medium {
    /// Asked in between.
    public interface Beat {
        void check() throws Refusal;
    }

    @Override
    public void into(Path file) throws Refusal {
        var dump = new ArrayList<>(List.of(
                programs(Code.BackupFailed, log).path("pg_dump"),
                "--format=custom",
                "--no-password",
                "--lock-wait-timeout=10s",
                "--schema=" + quoted(address.schema()),
                "--host=" + address.host(),
                "--port=" + address.port(),
                "--username=" + address.user(),
                "--file=" + file));
        address.role().ifPresent(role -> dump.add("--role=" + role));
        var said = new AtomicBoolean();
        try {
            programs(Code.BackupFailed, line -> {
                        said.compareAndSet(false, line.contains(Space.WORDS));
                        log.accept(line);
                    })
                    .run(dump, "pg_dump failed", "see the log; the role must be able to read every table");
        } catch (Refusal failed) {
            throw said.get() ? Space.of(file).refusal(OptionalLong.empty()) : failed;
        }
        decode(file);
    }

    @Override
    public void decode(Path file) throws Refusal {
        var read = List.of(programs(Code.BackupFailed, log).path("pg_restore"), "--file=/dev/null", file.toString());
        programs(Code.BackupFailed, log).run(read, "the dump cannot be read back", "check the disk, then run again");
    }

    /// All or nothing, into a schema that is there and empty. Objects belong to who restores them.
    @Override
    public void restore(Path file) throws Refusal {
        new PostgresRestore(programs(Code.RestoreFailed, log)).play(file);
    }

    /// The schema's definitions as lines, without remarks and without the tables that a migration tool keeps.
    public List<String> definitions(List<String> without) throws Refusal {
        var lines = new ArrayList<String>();
        var dump = new ArrayList<>(List.of(
                programs(Code.BackupFailed, log).path("pg_dump"),
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
        programs(Code.BackupFailed, lines::add).run(dump, "pg_dump failed", "see the log");
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

    private PostgresPrograms programs(Code failing, Consumer<String> hears) {
        return new PostgresPrograms(address, tools, failing, hears, stop, beat);
    }
}
