package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a server may be, or do in the middle of a run, and how the resource goes on from there.
@OnCluster
@Tag("nightly")
@TestInstance(PER_CLASS)
class ServersTest {
    private static final Map<String, String> PET = Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n");

    /// Flyway's key of `public.flyway_schema_history`.
    private static final long KEY = 77431708279161L + "\"public\".\"flyway_schema_history\"".hashCode();

    /// Refuses as PostgreSQL 12.22 does, measured: no setting of a session makes a newer one pass for that old. Who
    /// asks for TLS first is told that there is none.
    private static final String OLD =
            "exec perl -MIO::Socket -e '$s = IO::Socket::INET->new(Listen => 5, LocalPort => 5432);"
                    + " while ($c = $s->accept) { sysread $c, $_, 4096; while (8 == length) { print $c q(N); sysread $c, $_, 4096 }"
                    + " $e = join chr(0), qw(SFATAL C42704), q(Munrecognized configuration parameter"
                    + " client_connection_check_interval), q(), q(); print $c q(E), pack(q(N), 4 + length $e), $e; close $c }'";

    private final PostgresPod server;
    private final Namespace namespace;

    ServersTest(Installed installed, PostgresPod server) {
        this.server = server;
        this.namespace = server.namespace();
    }

    private static Map<String, String> and(String... more) {
        var all = new TreeMap<>(PET);
        for (int i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        return all;
    }

    /// PgBouncer as it comes, and as it is made to take what it does not know.
    @Test
    void a_pooler_is_refused_whether_it_takes_our_settings_or_not() {
        pooler("strict", "");
        pooler("lenient", "echo ignore_startup_parameters=options,extra_float_digits; ");

        for (var pod : new String[] {"strict", "lenient"}) {
            var database = server.fresh(pod);
            var migration =
                    Migration.apply(namespace, pod, database.member(pod), Migration.inline(PET), Migration.NO_BACKUP);

            assertThat(migration.awaitTrouble("PoolerDetected").message()).contains("name the server itself");
            assertThat(database.sql("SELECT to_regclass('pet') IS NULL")).isEqualTo("t");
        }
    }

    private void pooler(String pod, String more) {
        var owner = pod + "_owner";
        OddPod.start(
                namespace,
                pod,
                ("(echo [databases]; echo '*=host=db'; echo [pgbouncer]; echo listen_addr=*; echo listen_port=5432;"
                                + " echo pool_mode=transaction; echo auth_type=scram-sha-256; echo auth_file=/tmp/users; echo unix_socket_dir=;"
                                + " %s) >/tmp/ini; echo '\\\"%s\\\" \\\"%s\\\"' >/tmp/users; exec pgbouncer /tmp/ini")
                        .formatted(more, owner, PodDatabase.PASSWORD));
    }

    @Test
    void a_server_that_is_too_old_is_told() {
        OddPod.start(namespace, "old", OLD);
        var database = server.fresh("old");

        var migration =
                Migration.apply(namespace, "old", database.member("old"), Migration.inline(PET), Migration.NO_BACKUP);

        migration.awaitTrouble("VersionUnsupported");
        assertThat(migration.condition("Stalled").status()).isEqualTo("True");
    }

    @Test
    void a_replica_is_waited_for_until_it_is_the_primary() {
        OddPod.start(namespace, "replica", "start -C port && touch $PGDATA/standby.signal && exec start");
        namespace.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: replica}
                stringData: {username: postgres, password: superuser}
                """);
        var there = "database: {postgresql: {host: replica, database: postgres, credentials: {secretName: replica},"
                + " tls: {mode: disable}}}";

        var migration = Migration.apply(namespace, "replica", there, Migration.inline(PET), Migration.NO_BACKUP);
        assertThat(migration.awaitTrouble("Standby").message()).contains("name the primary's host");
        assertThat(migration.status().stage()).hasToString("Planning");

        var promote = "SELECT pg_promote()";
        PostgresPod.run(namespace, "replica", "psql", "dbname=postgres user=postgres host=/tmp", "-qAtc", promote);
        migration.awaitReady();
    }

    @Test
    void a_flyway_at_work_is_waited_for() {
        var database = server.fresh("flyway");
        var flyway = database.begin("SELECT pg_advisory_lock(%d), pg_sleep(100)".formatted(KEY));
        database.awaitTrue("SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND granted");

        var migration = Migration.apply(database, PET, Migration.NO_BACKUP, "locks: {budget: 1s}");

        migration.awaitTrouble("LockBusy");
        assertThat(flyway).isNotDone();
        database.endSleepers();
        migration.awaitReady();
    }

    @Test
    void a_session_that_the_server_ends_is_begun_again() {
        var database = server.fresh("ended");
        var migration = Migration.apply(database, and("V2__slow.sql", "SELECT pg_sleep(5);\n"), Migration.NO_BACKUP);
        database.awaitSleeper();

        database.endSleepers();

        assertThat(migration.awaitTrouble("ConnectionLost").message()).contains("V2__slow.sql");
        migration.awaitReady();
        assertThat(migration.status().revision()).isEqualTo("2");
    }

    @Test
    void what_nobody_can_know_a_person_says() {
        var database = server.fresh("unsure");
        var alone = "-- Transaction: none\nINSERT INTO pet SELECT 'Rex' FROM pg_sleep(5);\n";
        var migration = Migration.apply(database, and("V2__alone.sql", alone), Migration.NO_BACKUP);
        database.awaitSleeper();
        database.endSleepers();

        assertThat(migration.awaitTrouble("Uncertain").message()).contains("V2__alone.sql");
        assertThat(database.sql("SELECT count(*) FROM pet")).isEqualTo("0");
        migration.amend("repair undone=2");

        migration.awaitReady();
        assertThat(database.sql("SELECT count(*) FROM pet")).isEqualTo("1");
    }

    @Test
    void a_history_that_somebody_has_written_into_is_told_with_the_row() {
        var database = server.fresh("written");
        var migration = Migration.apply(database, PET, Migration.NO_BACKUP).awaitReady();
        database.sql("UPDATE flyway_schema_history SET version = 'garbage' WHERE version = '1'");

        Migration.apply(database, and("V2__more.sql", "SELECT 1;\n"), Migration.NO_BACKUP);

        assertThat(migration.awaitTrouble("HistoryInvalid").message()).contains("installed_rank", "garbage");
    }
}
