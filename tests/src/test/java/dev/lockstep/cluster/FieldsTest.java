package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a resource says of its database and of the course of its runs, and what becomes of that.
@OnCluster
@TestInstance(PER_CLASS)
@Order(2)
class FieldsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, String> PET = Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n");
    private static final Map<String, String> PET_AND_AGE = Map.of(
            "V1__pet.sql",
            "CREATE TABLE pet (name text);\n",
            "V2__age.sql",
            "ALTER TABLE pet ADD COLUMN age int;\n",
            "U2__age.sql",
            "ALTER TABLE pet DROP COLUMN age;\n");

    private final PostgresPod server;
    private final Namespace namespace;

    FieldsTest(Installed installed, PostgresPod server) {
        this.server = server;
        this.namespace = server.namespace();
    }

    @Test
    void schema_role_history_and_placeholders() {
        var database = server.fresh("placed");
        database.sql("CREATE ROLE keepers; GRANT keepers TO placed_owner; CREATE SCHEMA app AUTHORIZATION keepers");
        var script = "CREATE TABLE pet (name text);\nINSERT INTO pet VALUES ('${who}');\n";

        Migration.apply(
                        namespace,
                        "placed",
                        of(database, "host: db, database: placed, schema: app, role: keepers"),
                        Migration.inline(Map.of("V1__pet.sql", script)),
                        Migration.NO_BACKUP,
                        "historyTable: steps",
                        "placeholders: {who: ada}")
                .awaitReady();

        assertThat(database.sql("SELECT name FROM app.pet")).isEqualTo("ada");
        assertThat(database.sql("SELECT tableowner FROM pg_tables WHERE tablename = 'pet'"))
                .isEqualTo("keepers");
        assertThat(database.sql("SELECT version FROM app.steps WHERE version IS NOT NULL"))
                .isEqualTo("1");
    }

    @Test
    void a_database_that_others_made_is_adopted_where_it_is() {
        var database = server.fresh("adopted");
        database.sql("CREATE TABLE pet (name text); ALTER TABLE pet OWNER TO adopted_owner");

        apply(database, "baseline: '1'").awaitReady();

        assertThat(database.sql("SELECT string_agg(script, ' ' ORDER BY installed_rank) FROM flyway_schema_history"))
                .isEqualTo("<< Flyway Baseline >> V2__age.sql");
    }

    @Test
    void the_secret_says_where_the_database_is() {
        var database = server.fresh("keyed");
        namespace.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: keyed-owner}
                stringData: {user: keyed_owner, pass: %s, at: db, on: "5432", in: keyed}
                """.formatted(PodDatabase.PASSWORD));

        Migration.apply(
                        namespace,
                        "keyed",
                        "database: {postgresql: {hostKey: at, portKey: 'on', databaseKey: in, tls: {mode: prefer},"
                                + " credentials: {secretName: keyed-owner, usernameKey: user, passwordKey: pass}}}",
                        Migration.inline(PET),
                        Migration.NO_BACKUP)
                .awaitReady();

        assertThat(database.sql("SELECT count(*) FROM pet")).isEqualTo("0");
    }

    @Test
    void the_port_is_the_one_that_is_written() {
        var database = server.fresh("detour");
        namespace.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: detour}
                spec: {selector: {app: db}, ports: [{port: 6432, targetPort: 5432}]}
                """);

        Migration.apply(
                        namespace,
                        "detour",
                        of(database, "host: detour, port: 6432, database: detour"),
                        Migration.inline(PET),
                        Migration.NO_BACKUP)
                .awaitReady();

        assertThat(database.sql("SELECT count(*) FROM pet")).isEqualTo("0");
    }

    @Test
    void an_older_target_is_gone_down_to_where_that_is_allowed_and_a_person_agrees() {
        var database = server.fresh("down");
        Migration.apply(database, PET, Migration.NO_BACKUP).awaitReady();
        var migration = apply(database, "approval: Always");
        migration.awaitTrouble("ApprovalNeeded");
        assertThat(migration.status().revision()).isEqualTo("1");
        migration.approve("up");
        migration.awaitReady();
        assertThat(migration.status().revision()).isEqualTo("2");

        apply(database, "target: '1'").awaitReady();
        assertThat(migration.condition("Ready").reason()).isEqualTo("DatabaseAhead");

        apply(database, "target: '1'", "downgrade: Allowed");
        migration.await("a plan", it -> it.getStatus().plan() != null, SOON);
        assertThat(migration.status().revision()).isEqualTo("2");
        migration.approve("down");
        migration.await("revision 1", it -> "1".equals(it.getStatus().revision()), SOON);
        assertThat(database.sql("SELECT attname FROM pg_attribute WHERE attrelid = 'pet'::regclass AND attnum > 0"
                        + " AND NOT attisdropped"))
                .isEqualTo("name");
    }

    @Test
    void nothing_starts_while_it_is_suspended_or_outside_of_its_windows() {
        var database = server.fresh("windowed");

        var opened = ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(30).truncatedTo(ChronoUnit.MINUTES);
        var cron = "cron: '%d %d * * *'".formatted(opened.getMinute(), opened.getHour());

        var migration = apply(database, "suspend: true");
        migration.awaitTrouble("Suspended");
        apply(database, "windows: [{%s, duration: 1m}]".formatted(cron));
        assertThat(migration.awaitTrouble("WindowClosed").message())
                .contains(opened.plusDays(1).toInstant().toString());
        apply(database, "windows: [{%s, duration: 3h, timeZone: Asia/Kolkata}]".formatted(cron));
        assertThat(migration.awaitTrouble("WindowClosed").message())
                .contains(opened.plusDays(1).minusMinutes(330).toInstant().toString());
        assertThat(migration.runs()).isEmpty();

        apply(database, "windows: [{%s, duration: 3h}]".formatted(cron)).awaitReady();
    }

    @Test
    void a_lock_is_waited_for_as_long_as_the_resource_says() {
        var database = server.fresh("locked");
        var migration = Migration.apply(database, PET, Migration.NO_BACKUP).awaitReady();
        var reader = database.begin("BEGIN; SELECT FROM pet; SELECT pg_sleep(100); COMMIT");
        database.awaitTrue("SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'reader'"
                + " AND datname = current_database() AND wait_event = 'PgSleep'");

        apply(database, "locks: {timeout: 200ms, budget: 3s}");

        assertThat(migration.awaitTrouble("LockBudgetExceeded").message()).contains("reader");
        database.endSleepers();
        migration.awaitReady();
        assertThat(reader).isCompletedExceptionally();
    }

    @Test
    void a_lock_is_waited_for_no_longer_at_once_than_the_resource_says() {
        var database = server.fresh("hasty");
        var script = "CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS longest;\n";

        Migration.apply(database, Map.of("V1__seen.sql", script), Migration.NO_BACKUP, "locks: {timeout: 70ms}")
                .awaitReady();

        assertThat(database.sql("SELECT longest FROM seen")).isEqualTo("70ms");
    }

    private static Migration apply(PodDatabase database, String... more) {
        var all = new String[more.length + 1];
        System.arraycopy(more, 0, all, 1, more.length);
        all[0] = Migration.NO_BACKUP;
        return Migration.apply(database, PET_AND_AGE, all);
    }

    private static String of(PodDatabase database, String where) {
        return "database: {postgresql: {%s, credentials: {secretName: %s}, tls: {mode: disable}}}"
                .formatted(where, database.secret());
    }
}
