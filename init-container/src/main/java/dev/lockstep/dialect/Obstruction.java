package dev.lockstep.dialect;

import dev.lockstep.dialect.Dialect.Blocker;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Who stands in a PostgreSQL session's way.
final class Obstruction {
    private Obstruction() {}

    /// An ordinary role sees pid, user and application of another's session; whether it cleans is told by
    /// `pg_stat_progress_vacuum`, whose pids everybody sees, and what it cleans by `pg_locks`.
    static List<Blocker> of(Connection observer, long backend) throws SQLException {
        var sql = """
                select a.pid, coalesce(a.usename, '-'), coalesce(nullif(a.application_name, ''), '-'), coalesce(a.state, '?'),
                       coalesce(extract(epoch from clock_timestamp() - a.xact_start)::int, -1),
                       a.usename is null and exists (select from pg_stat_progress_vacuum v where v.pid = a.pid),
                       array(select format('%I.%I', n.nspname, c.relname) from pg_locks l join pg_class c on c.oid = l.relation
                             join pg_namespace n on n.oid = c.relnamespace
                             where l.pid = a.pid and l.granted and l.mode = 'ShareUpdateExclusiveLock' and c.relkind in ('r', 'p', 'm'))
                from unnest(pg_blocking_pids(?)) b(pid) join pg_stat_activity a on a.pid = b.pid
                """;
        var blockers = new ArrayList<Blocker>();
        try (var statement = observer.prepareStatement(sql)) {
            statement.setInt(1, (int) backend);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    blockers.add(blocker(row));
                }
            }
        }
        return blockers;
    }

    private static Blocker blocker(ResultSet row) throws SQLException {
        var tables = (String[]) row.getArray(7).getArray();
        long pid = row.getLong(1);
        boolean cleaning = row.getBoolean(6);
        var state = row.getString(4).equals("?") ? "" : ", " + row.getString(4);
        var age = row.getInt(5) < 0 ? "" : ", in a transaction for " + row.getInt(5) + " s";
        var person = ", user " + row.getString(2) + ", application " + row.getString(3) + state + age;
        var shown = "pid " + pid + (cleaning ? ", autovacuum of " + String.join(", ", tables) : person);
        return new Blocker(pid, shown, cleaning, List.of(tables));
    }
}
