package dev.lockstep.dialect;

import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Statement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One database as a run needs it. All methods that take a connection take one that [#connect] gave.
public sealed interface Dialect permits PostgresqlDialect, SqliteDialect {

    static Dialect of(Address address) {
        return switch (address) {
            case Address.Postgresql postgresql -> new PostgresqlDialect(postgresql);
            case Address.Sqlite sqlite -> new SqliteDialect(sqlite);
        };
    }

    /// How long a statement of ours waits for a lock before the run pauses and tries again. It holds none meanwhile
    /// that
    /// an application wants.
    Duration OWN_WAIT = Duration.ofSeconds(2);

    Address address();

    /// Name of the vendor folder.
    String vendor();

    /// Opens a session of its own, in autocommit.
    ///
    /// @param name what the server shows of it
    /// @param writes false: nothing is created, not even a database file
    /// @throws Refusal `Unreachable`, `AuthenticationRefused`, `PermissionMissing`
    Connection connect(String name, boolean writes) throws Refusal;

    /// What kind of place this is; one round trip.
    Standing standing(Connection connection) throws SQLException;

    /// @param standby a replica that refuses writes
    /// @param direct the session that answers is the one that was opened: no pooler is in between
    /// @param major server's major version; 0 where that means nothing
    /// @param schema the schema exists
    /// @param history Flyway's table is there
    /// @param ledger `lockstep_schema` is there
    /// @param empty there is no table, view or sequence but the two of ours
    /// @param superuser no right is refused to this role, and no policy holds for it
    record Standing(
            boolean standby,
            boolean direct,
            int major,
            boolean schema,
            boolean history,
            boolean ledger,
            boolean empty,
            boolean superuser) {}

    /// Takes the lock that keeps other runners and every Flyway out, if it is free. Never waits.
    Optional<Lock> tryLock(Connection connection) throws SQLException;

    /// Held until closed, or until the session or process ends.
    interface Lock extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    /// Bounds how long the statements of the open transaction wait for a table's lock; zero is without limit.
    void lockTimeout(Connection connection, Duration timeout) throws SQLException;

    /// Brings role, search path and waits back to what the session began with: a script may have changed them for
    /// good, and a rollback brings back what the script before had left.
    void settle(Connection connection) throws SQLException;

    /// After how many seconds a statement that only reads is given up; 0 is never. It may wait for somebody's lock on
    /// the history, and a session that reads has no settings of its own: a pooler takes none.
    int readTimeout();

    /// Is this what becomes of a statement that took longer?
    boolean unanswered(SQLException failure);

    /// Undoes all that was SET since the session began, but for the role.
    default void forget(Connection connection) throws SQLException {}

    /// Ends a transaction whose COMMIT failed, where the server has not.
    default void abandon(Connection connection) throws SQLException {}

    /// SQL statements of `lockstep_schema`.
    Ledger ledger();

    /// SQL statements of Flyway's history.
    Book book();

    /// Who is in the way of the backend with this id, as far as this role may see it.
    List<Blocker> blockers(Connection observer, long backend) throws SQLException;

    /// Who may be in the way where [#blockers] shows nobody.
    default String unseen() {
        return "somebody whom this role cannot see";
    }

    /// @param transaction tells it from the same session's next one
    /// @param cleaning an autovacuum worker that gives way to who waits long enough
    /// @param tables quoted names of the tables that it has locked, if it is one
    record Blocker(long backend, String shown, String transaction, boolean cleaning, List<String> tables) {}

    /// Is this transaction still open?
    boolean goesOn(Connection connection, Blocker blocker) throws SQLException;

    /// How far replicas have come.
    Neighbours.Replicas replicas(Connection connection) throws SQLException;

    /// Transactions of others that are older.
    Neighbours.Elders elders(Connection connection, Duration age) throws SQLException;

    /// The id by which other sessions see this one.
    long backend(Connection connection) throws SQLException;

    /// Lets an autovacuum in this table's way be cancelled: waits for the lock that it holds, up to `timeout`,
    /// without
    /// stopping reads and writes.
    void displaceCleaning(Connection connection, String table, Duration timeout) throws SQLException;

    /// Ends what the session is doing; called from another thread.
    void cancel(Connection connection) throws SQLException;

    /// What refuses a transaction that makes the database inconsistent where the database itself would not.
    interface Check {
        void beforeCommit() throws SQLException, Refusal;
    }

    /// Looks at the database before the transaction, just opened, changes it: only what is new will be refused.
    Check check(Connection connection) throws SQLException;

    /// Bytes that may still be written beside a file; absent where that cannot be told.
    interface Disk {
        OptionalLong free(Path file);
    }

    /// Carries out a statement that the database itself does not know, in the open transaction.
    ///
    /// @return false: nothing was done, the database takes it as it stands
    /// @throws Refusal `Preflight`, if what has to be written does not fit, before any of it is
    default boolean carryOut(Connection connection, String sql, Disk disk) throws SQLException, Refusal {
        return false;
    }

    /// How the database can be asked whether this statement came to its end; absent: it cannot.
    Optional<Probe> probe(Statement statement);

    /// Did it?
    boolean isDone(Connection connection, Probe probe) throws SQLException;

    /// Takes away what an attempt that was interrupted has left, or ends it.
    void clear(Connection connection, Probe probe) throws SQLException;

    /// Does the statement bear no transaction, though Flyway does not know?
    boolean standsAlone(Statement statement);

    /// The same failure in words without row values, at `place`.
    Refusal refusal(SQLException failure, String place);

    /// About how many rows each of these tables has; what is no table here is left out.
    ///
    /// @param tables as a script names them, in lower case
    Map<String, Long> rows(Connection connection, Set<String> tables) throws SQLException;

    /// Which of these indexes are INVALID and which of these constraints not validated.
    List<String> unsound(Connection connection, Set<String> indexes, Set<String> constraints) throws SQLException;

    /// What the schema defines, as lines, without the tables that a migration tool keeps. Absent where a tool of the
    /// server's tells it better.
    Optional<List<String>> definitions(Connection connection) throws SQLException;

    /// Makes an empty database beside this one, and its schema.
    ///
    /// @throws Refusal `PermissionMissing`
    Dialect createBeside(Connection connection, String name) throws SQLException, Refusal;

    /// Takes away databases that a killed process made by [#createBeside] as this role, and that nobody is in.
    void sweepBeside(Connection connection) throws SQLException;

    /// Takes that database away, whoever is in it.
    void dropBeside(Connection connection, String name) throws SQLException;

    /// Would the same transaction succeed if it were begun again?
    boolean passes(SQLException failure);

    /// Reads and amends Flyway's history.
    ///
    /// @param rows oldest first: rank, version, description, type, script, checksum, success
    /// @param append a row with the next rank: version, description, type, script, checksum
    /// @param remove the row of this rank
    /// @param align description and checksum of the row of this rank
    record Book(String rows, String append, String remove, String align) {}

    /// Creates, reads and fills `lockstep_schema`.
    ///
    /// @param create statements, safe to repeat
    /// @param rows version, state, floor, alias of all rows, and whether the floor is of a step that has not run
    /// @param put one row: version, alias, phase, checksum, state, floor; replaces the row of that version, whose
    /// floor stays once it is set
    /// @param free takes an alias from every version but one
    /// @param remove the row of this version
    /// @param settle makes this version's row that of one that is applied
    /// @param raise makes this version's row a floor
    /// @param lower makes it none
    /// @param ask version, state, floor, alias of the rows with this version or this alias, and of every floor
    record Ledger(
            List<String> create,
            String rows,
            String put,
            String free,
            String remove,
            String settle,
            String raise,
            String lower,
            String ask) {}
}
