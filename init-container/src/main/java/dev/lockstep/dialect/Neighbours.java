package dev.lockstep.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who else is on a PostgreSQL server, as far as this role may see.
public final class Neighbours {
    private Neighbours() {}

    /// How far the replicas have come. Places in the log are in bytes.
    ///
    /// @param written where the server itself is
    /// @param replayed where the last of those is that this role may see; absent: there is none
    /// @param hidden replicas that it may not see
    public record Replicas(long written, Optional<Long> replayed, int hidden) {
        static final Replicas NONE = new Replicas(0, Optional.empty(), 0);
    }

    /// Transactions that began long ago, and still keep others waiting.
    ///
    /// @param shown one line each, the oldest first
    /// @param hidden sessions of which this role may not see since when they are at work
    public record Elders(List<String> shown, int hidden) {
        static final Elders NONE = new Elders(List.of(), 0);
    }

    /// Who receives the log without replaying it, as for an archive, keeps nobody waiting.
    static Replicas replicas(Connection connection) throws SQLException {
        var sql = """
                select (pg_current_wal_lsn() - '0/0')::bigint, min(replay_lsn - '0/0')::bigint,
                       count(*) filter (where state is null)
                from pg_stat_replication
                """;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            long replayed = row.getLong(2);
            var last = row.wasNull() ? Optional.<Long>empty() : Optional.of(replayed);
            return new Replicas(row.getLong(1), last, row.getInt(3));
        }
    }

    /// A transaction that has neither a snapshot nor an id of its own keeps nobody waiting. One that was prepared has
    /// no
    /// session, and everybody sees it.
    static Elders elders(Connection connection, Duration age) throws SQLException {
        var sql = """
                select 'pid ' || pid || ', user ' || coalesce(usename, '-') || ', application '
                       || coalesce(nullif(application_name, ''), '-'), xact_start
                from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
                and xact_start < clock_timestamp() - make_interval(secs => ?)
                and (backend_xid is not null or backend_xmin is not null)
                union all
                select 'the prepared transaction ' || quote_literal(gid) || ' of user ' || owner, prepared
                from pg_prepared_xacts
                where database = current_database() and prepared < clock_timestamp() - make_interval(secs => ?)
                order by 2
                """;
        var shown = new ArrayList<String>();
        try (var statement = connection.prepareStatement(sql)) {
            statement.setDouble(1, age.toMillis() / 1000.0);
            statement.setDouble(2, age.toMillis() / 1000.0);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    shown.add(row.getString(1));
                }
            }
        }
        var hidden = "select count(*) from pg_stat_activity where datname = current_database() and state is null"
                + " and backend_type is null";
        return new Elders(shown, (int) Query.longOf(connection, hidden));
    }
}
