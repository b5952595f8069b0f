package dev.lockstep.handover;

import java.util.Map;
import java.util.Optional;

/// What the operator wants of one runner. Travels as JSON in the environment variable [#VARIABLE] of the Job's
/// container.
///
/// @param v version of this format, [#VERSION]; a runner refuses any other
/// @param run name of the run, at most 40 characters: the Job's name
/// @param verb what to do: [#RUN] plans and migrates, [#AMEND] changes what the history says, [#DRIFT] compares the
/// schema with what the last run has left and answers [Code#Drifted] where it differs
/// @param resource `namespace/name` of the SchemaMigration
/// @param database where
/// @param files digest of the migrations; a runner that finds other files answers [Code#PlanChanged]
/// @param target `head` or a revision
/// @param mayDowngrade an older target than the database's is gone down to; else the database is ahead, and that is all
/// @param approval which steps need a person's word
/// @param approvedPlan the hash that a person has said yes to
/// @param contract whether contract steps may run
/// @param locks how long to wait for what
/// @param backup what to save first
/// @param deadlineMillis the runner ends itself after this long with [Code#DeadlineExceeded]
/// @param takesOver the database becomes this resource's, whose ever it was
/// @param bounds what the run does not put up with; absent: what is usual
/// @param onFailure what becomes of the steps that a failed run has applied; absent: they stay
/// @param amendment what a person wants changed, in their words; of [#AMEND] only
/// @param baseline where the history of a database begins that has tables and none; absent: nobody knows
public record Order(
        int v,
        String run,
        String verb,
        String resource,
        Database database,
        Files files,
        String target,
        boolean mayDowngrade,
        Approval approval,
        Optional<String> approvedPlan,
        Contract contract,
        Locks locks,
        Backup backup,
        long deadlineMillis,
        boolean takesOver,
        Optional<Bounds> bounds,
        Optional<OnFailure> onFailure,
        Optional<String> amendment,
        Optional<String> baseline) {

    public static final String RUN = "run";
    public static final String AMEND = "amend";
    public static final String DRIFT = "drift";
    public static final String VARIABLE = "LOCKSTEP_ORDER";
    public static final int VERSION = 1;

    /// Which steps wait for a person: none, those that lose data, these and all contract steps, or all.
    public enum Approval {
        Never,
        Destructive,
        Contract,
        Always
    }

    /// Whether contract steps, and steps that take back, run now or are held.
    public enum Contract {
        Hold,
        /// Held too, and pods that the steps would break are kept out from now on.
        CloseGate,
        Go
    }

    /// What becomes of the steps that a failed run has applied: they stay, or are taken back.
    public enum OnFailure {
        Stop,
        Downgrade
    }

    /// The same for the run of that name, on its leg of the way.
    ///
    /// @param scripts what an earlier leg has reported as [Report#scripts]
    /// @param takeOver a person wants the database to become this resource's
    /// @param external a backup that somebody else has taken
    public Order on(
            String name,
            Contract leg,
            Optional<String> approved,
            Optional<String> scripts,
            boolean takeOver,
            Optional<String> external) {
        return new Order(
                v,
                name,
                verb,
                resource,
                database,
                files.asReadBefore(scripts),
                target,
                mayDowngrade,
                approval,
                approved,
                leg,
                locks,
                backup.named(external),
                deadlineMillis,
                takeOver,
                bounds,
                onFailure,
                amendment,
                baseline);
    }

    /// Instead of a run: what a person wants changed in the history.
    public Order amending(String words) {
        return instead(AMEND, Optional.of(words));
    }

    /// Instead of a run: is the schema as the last one has left it?
    public Order checking() {
        return instead(DRIFT, Optional.empty());
    }

    private Order instead(String other, Optional<String> words) {
        return new Order(
                v,
                run,
                other,
                resource,
                database,
                files,
                target,
                mayDowngrade,
                approval,
                approvedPlan,
                contract,
                locks,
                backup,
                deadlineMillis,
                takesOver,
                bounds,
                onFailure,
                words,
                baseline);
    }

    /// Exactly one of the first two.
    ///
    /// @param historyTable name of Flyway's table; absent: Flyway's default
    public record Database(Optional<Postgresql> postgresql, Optional<Sqlite> sqlite, Optional<String> historyTable) {}

    /// A PostgreSQL database. User and password lie as files in [Places#CREDENTIALS], named by the two keys.
    ///
    /// @param host absent, as port and database: [#keys] names the file beside user and password that has it
    /// @param tls one of pgjdbc's `sslmode` words: `disable`, `prefer`, `require`, `verify-ca`, `verify-full`
    /// @param caSecretName Secret mounted at [Places#CA]; its certificate is in the file [#caKey]
    /// @param role SET ROLE before anything is run
    /// @param clientSecretName Secret mounted at [Places#CLIENT], with `tls.crt` and `tls.key`
    public record Postgresql(
            Optional<String> host,
            Optional<Integer> port,
            Optional<String> database,
            String schema,
            String secretName,
            String usernameKey,
            String passwordKey,
            String tls,
            Optional<String> caSecretName,
            String caKey,
            Optional<String> role,
            Optional<Keys> keys,
            Optional<String> clientSecretName) {

        /// Keys of what is not written in the resource itself.
        public record Keys(Optional<String> host, Optional<String> port, Optional<String> database) {
            public static final Keys NONE = new Keys(Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /// A SQLite file `path` in the claim mounted at [Places#DATA].
    public record Sqlite(String claimName, String path) {}

    /// Where the scripts are: a directory mounted at [Places#MIGRATIONS].
    ///
    /// @param source for messages: `inline` or `ConfigMap orders-migrations`
    /// @param digest lower-case hex SHA-256 as [Digest#of] makes it; absent: whatever is there is
    /// meant, for the operator does not know the files
    /// @param placeholders name → what stands for it in the scripts; absent: none
    /// @param path below [Places#MIGRATIONS]; absent: there
    /// @param before what the leg before has reported as [Report#scripts]; a runner that reads
    /// other scripts answers [Code#PlanChanged]; absent: there was none
    public record Files(
            String source,
            Optional<String> digest,
            Optional<Map<String, String>> placeholders,
            Optional<String> path,
            Optional<String> before) {

        private Files asReadBefore(Optional<String> scripts) {
            return new Files(source, digest, placeholders, path, scripts);
        }
    }

    /// @param timeoutMillis `lock_timeout` of one attempt: the worst stall an app sees
    /// @param budgetMillis all attempts of one script together
    public record Locks(long timeoutMillis, long budgetMillis) {}

    /// @param keep how many to keep in [Places#BACKUPS], at least 1
    /// @param scope absent: the whole schema
    /// @param maxBytes what the tables to be saved may take; absent: any
    /// @param verify absent: it is read back
    /// @param external somebody else takes it, and of the others only the first counts; absent: the run does
    public record Backup(
            When when,
            int keep,
            Optional<Scope> scope,
            Optional<Long> maxBytes,
            Optional<Verify> verify,
            Optional<External> external) {

        /// @param name of a finished backup, given after a run had asked for it; absent: none has been given
        public record External(Optional<String> name) {}

        private Backup named(Optional<String> name) {
            return new Backup(when, keep, scope, maxBytes, verify, external.map(it -> new External(name)));
        }

        /// Before which runs: each, those that may lose data, or none.
        public enum When {
            Always,
            Destructive,
            Never
        }

        /// Rows of which tables.
        public enum Scope {
            Schema,
            Touched
        }

        /// How a backup is shown to be whole.
        public enum Verify {
            Decode,
            Restore
        }
    }
}
