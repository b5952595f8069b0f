package dev.lockstep.backup;

import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Extent;
import dev.lockstep.dialect.PostgresqlClearing;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// `pg_dump -Fc`, read back whole by `pg_restore`: a mere listing succeeds on half a dump.
///
/// @param extent what of the database
/// @param tools folder of pg_dump, pg_restore and psql; absent: the newest that Debian's layout has, else the search
/// path
/// @param log takes what the tools say
/// @param stop asked all the time while a tool works; throws to end it
/// @param beat called every 30 s while a tool works, so that the session with the lock is seen alive
public record PostgresDump(
        Address.Postgresql address, Extent extent, Optional<Path> tools, Consumer<String> log, Beat stop, Beat beat)
        implements Backups.Medium {
    /// Fastest first, as measured (docs/decisions/0010-backups.md). A pg_dump before 16 knows gzip alone, and a later
    /// one may have been built without the others.
    private static final List<String> COMPRESSIONS = List.of("zstd:1", "lz4", "1");

    /// Asked in between.
    public interface Beat {
        void check() throws Refusal;
    }

    @Override
    public void into(Path file) throws Refusal {
        into(file, List.of());
    }

    /// @param more arguments of `pg_dump`
    public void into(Path file, List<String> more) throws Refusal {
        for (var compression : COMPRESSIONS) {
            if (dump(file, compression, more)) {
                decode(file);
                return;
            }
        }
        throw new Refusal(Code.BackupFailed, address.shown(), "pg_dump knows no compression", "install another one");
    }

    /// @return false: this pg_dump lacks the compression, which it says before it goes to the server
    private boolean dump(Path file, String compression, List<String> more) throws Refusal {
        var said = new ArrayList<String>();
        try {
            programs(Code.BackupFailed, said::add)
                    .run(
                            command(file, compression, more),
                            "pg_dump failed",
                            "see the log; the role must be able to read every table");
        } catch (Refusal refusal) {
            boolean lacking = said.stream().anyMatch(line -> line.contains("compress"));
            if (lacking && !compression.equals(COMPRESSIONS.getLast())) {
                return false;
            }
            said.forEach(log);
            throw said.stream().anyMatch(line -> line.contains(Space.WORDS))
                    ? Space.of(file).refusal(OptionalLong.empty())
                    : refusal;
        }
        said.forEach(log);
        return true;
    }

    private List<String> command(Path file, String compression, List<String> more) {
        var dump = new ArrayList<>(more);
        dump.addAll(List.of(
                "--format=custom",
                "--compress=" + compression,
                "--no-password",
                "--lock-wait-timeout=10s",
                "--host=" + address.host(),
                "--port=" + address.port(),
                "--username=" + address.user(),
                "--file=" + file));
        extent.schemas().forEach(schema -> dump.add("--schema=" + quoted(schema)));
        extent.without().forEach(table -> dump.add("--exclude-table-data=" + table.quoted()));
        extent.extensions().forEach(extension -> dump.add("--extension=" + quoted(extension)));
        address.role().ifPresent(role -> dump.add("--role=" + role));
        dump.addFirst(programs(Code.BackupFailed, log).path("pg_dump"));
        return dump;
    }

    @Override
    public void decode(Path file) throws Refusal {
        var read = List.of(programs(Code.BackupFailed, log).path("pg_restore"), "--file=/dev/null", file.toString());
        programs(Code.BackupFailed, log).run(read, "the dump cannot be read back", "check the disk, then run again");
    }

    /// All or nothing, into a schema that is there and empty. Objects belong to who restores them.
    @Override
    public void restore(Path file) throws Refusal {
        new PostgresRestore(programs(Code.RestoreFailed, log), extent.schemas(), "").play(file, left(file));
    }

    /// In one transaction: first all that is there goes, then all of the dump comes, or nothing changes.
    @Override
    public void replace(Path file) throws Refusal {
        var clearing = PostgresqlClearing.sql(address.schema());
        new PostgresRestore(programs(Code.RestoreFailed, log), extent.schemas(), clearing).play(file, left(file));
    }

    /// The same of another database.
    public PostgresDump at(Address.Postgresql other) {
        return new PostgresDump(other, extent, tools, log, stop, beat);
    }

    @Override
    public List<String> needs(Path file) throws Refusal {
        return PostgresList.extensions(list(file));
    }

    /// Rows that a foreign key wants are not in a narrow backup.
    private List<String> left(Path file) throws Refusal {
        return extent.narrow() || FileNames.isNarrow(file) ? PostgresList.withoutForeignKeys(list(file)) : List.of();
    }

    private List<String> list(Path file) throws Refusal {
        var lines = new ArrayList<String>();
        var list = List.of(programs(Code.BackupFailed, log).path("pg_restore"), "--list", file.toString());
        programs(Code.BackupFailed, lines::add).run(list, "the dump cannot be listed", "use another backup");
        return lines;
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
