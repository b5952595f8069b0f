package dev.lockstep.dialect;

import dev.lockstep.dialect.Dialect.Blocker;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Who stands in a PostgreSQL session's way.
final class Obstruction {
    /// Small, for an attempt lasts no longer than a lock's timeout, and whoever is in the way is so no longer for it
    /// after.
    private static final String WAITING = """
            select pg_blocking_pids(me.pid),
                   coalesce((select l.relation from pg_locks l where l.pid = me.pid and not l.granted and l.locktype = 'relation' limit 1), 0)
            from (select ?::int) me(pid)
            """;

    private static final String BLOCKERS = """
            select a.pid, coalesce(a.usename, '-'), coalesce(nullif(a.application_name, ''), '-'), coalesce(a.state, '?'),
                   coalesce(extract(epoch from clock_timestamp() - a.xact_start)::int, -1),
                   a.usename is null and exists (select from pg_stat_progress_vacuum v where v.pid = a.pid),
                   array(select format('%I.%I', n.nspname, c.relname) from pg_locks l join pg_class c on c.oid = l.relation
                         join pg_namespace n on n.oid = c.relnamespace
                         where l.pid = a.pid and l.granted and l.mode = 'ShareUpdateExclusiveLock' and c.relkind in ('r', 'p', 'm')),
                   coalesce((select l.virtualxid from pg_locks l where l.pid = a.pid and l.locktype = 'virtualxid' and l.granted limit 1), ''),
                   exists (select from pg_locks l join pg_class c on c.oid = l.relation
                           where l.pid = a.pid and l.granted and l.mode = 'ShareUpdateExclusiveLock'
                           and c.relkind in ('r', 'm') and age(c.relfrozenxid) > least(
                               current_setting('autovacuum_freeze_max_age')::int,
                               (select option_value::int from pg_options_to_table(c.reloptions)
                                where option_name = 'autovacuum_freeze_max_age'))),
                   coalesce((select string_agg(distinct case when l.granted then '' else 'waiting for ' end
                                    || format('%s on %I.%I', l.mode, n.nspname, c.relname), ', ')
                             from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
                             where l.pid = a.pid and l.locktype = 'relation' and l.relation = ?::oid), '')
            from unnest(?::int[]) b(pid) join pg_stat_activity a on a.pid = b.pid
            """;

    private Obstruction() {}

    /// An ordinary role sees pid, user, application and locks of another's session; whether it cleans is told by
    /// `pg_stat_progress_vacuum`, whose pids everybody sees, and what it cleans by `pg_locks`.
    static List<Blocker> of(Connection observer, long backend) throws SQLException {
        try (var statement = observer.prepareStatement(WAITING)) {
            statement.setInt(1, (int) backend);
            try (var row = statement.executeQuery()) {
                row.next();
                var pids = row.getArray(1);
                return ((Object[]) pids.getArray()).length == 0 ? List.of() : of(observer, pids, row.getLong(2));
            }
        }
    }

    private static List<Blocker> of(Connection observer, Array pids, long relation) throws SQLException {
        var blockers = new ArrayList<Blocker>();
        try (var statement = observer.prepareStatement(BLOCKERS)) {
            statement.setLong(1, relation);
            statement.setArray(2, pids);
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
        var lock = row.getString(10).isEmpty() ? "" : ", " + row.getString(10);
        var person = ", user " + row.getString(2) + ", application " + row.getString(3) + state + age + lock;
        boolean needed = cleaning && row.getBoolean(9);
        var work = ", autovacuum of " + String.join(", ", tables)
                + (needed ? " against wraparound of transaction ids, which gives way to nobody" : "");
        return new Blocker(
                pid, "pid " + pid + (cleaning ? work : person), row.getString(8), cleaning && !needed, List.of(tables));
    }

    /// Everybody sees `pg_locks`, and a virtual transaction id is of one transaction.
    static boolean goesOn(Connection connection, Blocker blocker) throws SQLException {
        var sql = "select from pg_locks where locktype = 'virtualxid' and granted and virtualxid = ?";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, blocker.transaction());
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
