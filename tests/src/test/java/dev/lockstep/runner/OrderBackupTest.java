package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Refusal;
import dev.lockstep.server.Database;
import dev.lockstep.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an Order has saved.
final class OrderBackupTest extends Jobsite {
    private static final Order.Backup BEFORE_LOSSES = new Order.Backup(
            Order.Backup.When.Destructive, 5, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @BeforeEach
    void settle() throws IOException, Refusal {
        Files.createDirectories(at(Places.BACKUPS));
        assertThat(carryOut(order())).isZero();
    }

    @Test
    void a_run_that_loses_nothing_saves_nothing_where_only_losses_are_saved_for() throws IOException, Refusal {
        script("V2__more.sql", "alter table orders add column amount integer;");

        assertThat(saving(BEFORE_LOSSES)).isZero();

        assertThat(report().has("backup") && !report().get("backup").isNull()).isFalse();
        assertThat(at(Places.BACKUPS)).isEmptyDirectory();
    }

    @Test
    void a_run_that_overwrites_rows_saves_them_first() throws IOException, Refusal {
        script("V2__more.sql", "update orders set total = 0;");

        assertThat(saving(BEFORE_LOSSES)).isZero();

        assertThat(at(Places.BACKUPS).resolve(name())).exists();
    }

    @Test
    void a_run_whose_words_do_not_tell_what_it_does_saves_first() throws IOException, Refusal {
        script("V2__more.sql", "do $$ begin execute 'select 1'; end $$;");

        assertThat(saving(BEFORE_LOSSES)).isZero();

        assertThat(at(Places.BACKUPS).resolve(name())).exists();
    }

    @Test
    void a_backup_is_as_narrow_and_as_small_as_the_order_says() throws IOException, Refusal, SQLException {
        try (var connection = database.asOwner();
                var statement = connection.createStatement()) {
            statement.execute("create table big as select repeat(md5(i::text), 20) from generate_series(1, 2000) i");
        }
        script("V2__more.sql", "update orders set total = 0;");
        var small = new Order.Backup(
                Order.Backup.When.Always,
                5,
                Optional.empty(),
                Optional.of(1L << 20),
                Optional.empty(),
                Optional.empty());

        assertThat(saving(small)).isEqualTo(8);
        assertThat(report().at("/failure/code").asText()).isEqualTo("BackupTooLarge");

        var narrow = new Order.Backup(
                small.when(),
                5,
                Optional.of(Order.Backup.Scope.Touched),
                small.maxBytes(),
                small.verify(),
                small.external());
        assertThat(saving(narrow)).isZero();
        assertThat(name()).contains(".touched");
    }

    @Test
    void a_backup_that_is_to_be_restored_needs_a_role_that_may() throws IOException, Refusal {
        script("V2__more.sql", "update orders set total = 0;");
        var proven = new Order.Backup(
                Order.Backup.When.Always,
                5,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Order.Backup.Verify.Restore),
                Optional.empty());

        assertThat(saving(proven)).isNotZero();

        assertThat(report().at("/failure/code").asText()).isEqualTo("PermissionMissing");
        assertThat(report().at("/failure/remedy").asText()).contains("CREATEDB");
    }

    @Test
    void a_backup_is_restored_into_a_database_beside() throws IOException, Refusal, SQLException {
        script("V2__more.sql", "update orders set total = 0;");
        assertThat(saving(BEFORE_LOSSES)).isZero();
        var backup = name();
        var order = with(order(), Map.of("backup", BEFORE_LOSSES)).amending("restore " + backup + " into before");

        assertThat(carryOut(order)).isEqualTo(1);
        assertThat(report().at("/failure/code").asText()).isEqualTo("PermissionMissing");
        mayCreate();
        assertThat(carryOut(order)).isZero();

        try (var connection = beside("before");
                var statement = connection.createStatement();
                var row = statement.executeQuery("select sum(total) from orders")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isPositive();
        }
        assertThat(carryOut(order)).as("what is there is let be").isEqualTo(8);
        assertThat(report().at("/failure/message").asText()).contains("before already");
        assertThat(carryOut(with(order, Map.of("amendment", "restore nothing.dump into later"))))
                .isEqualTo(8);
    }

    /// A file with a backup, and an Order that restores it beside.
    private Order restoring() throws IOException, Refusal {
        Files.createDirectories(at(Places.DATA));
        var file = new Order.Database(
                Optional.empty(), Optional.of(new Order.Sqlite("claim", "app.db")), Optional.empty());
        assertThat(carryOut(with(order(), Map.of("database", file)))).isZero();
        script("V2__more.sql", "update orders set total = 0;");
        var lossy = with(
                order(),
                Map.of(
                        "database",
                        file,
                        "backup",
                        BEFORE_LOSSES,
                        "contract",
                        Order.Contract.Go,
                        "approval",
                        Order.Approval.Never));
        assertThat(carryOut(lossy)).isZero();
        return lossy.amending("restore " + name() + " into before.db");
    }

    @Test
    void a_backup_of_a_file_is_restored_into_a_file_beside() throws IOException, Refusal {
        var restore = restoring();

        assertThat(carryOut(restore)).isZero();

        assertThat(Files.size(at(Places.DATA).resolve("before.db"))).isPositive();
        assertThat(carryOut(restore)).as("what is there is let be").isEqualTo(8);
        assertThat(carryOut(with(restore, Map.of("resource", "shop/another", "amendment", "restore x.db into y.db"))))
                .isEqualTo(1);
        assertThat(report().at("/failure/code").asText()).isEqualTo("TargetConflict");
    }

    @Test
    void whatever_file_is_there_is_let_be_and_sqlites_own_names_are_not_taken() throws IOException, Refusal {
        var restore = restoring();
        var words = restore.amendment().orElseThrow();
        Files.createFile(at(Places.DATA).resolve("flag"));

        assertThat(carryOut(restore.amending(words.replace("before.db", "flag"))))
                .isEqualTo(8);
        assertThat(carryOut(restore.amending(words.replace("before.db", "app.db-wal"))))
                .isEqualTo(8);

        assertThat(at(Places.DATA).resolve("flag")).isEmptyFile();
    }

    @Test
    void a_backup_is_a_file_of_the_claim() throws IOException, Refusal {
        for (var elsewhere : new String[] {"/etc/hosts", "../backups/x.dump", "a/b.dump"}) {
            var order = with(order(), Map.of("backup", BEFORE_LOSSES));

            assertThat(carryOut(order.amending("restore " + elsewhere + " into before")))
                    .isEqualTo(2);

            assertThat(report().at("/failure/message").asText()).contains("cannot be understood");
        }
    }

    @Test
    void a_database_that_cannot_be_filled_is_not_left() throws IOException, Refusal, SQLException {
        script("V2__more.sql", "update orders set total = 0;");
        assertThat(saving(BEFORE_LOSSES)).isZero();
        var backup = name();
        mayCreate();
        superuser("alter role " + database.owner().user() + " connection limit 1");
        var order = with(order(), Map.of("backup", BEFORE_LOSSES));

        assertThat(carryOut(order.amending("restore " + backup + " into half"))).isNotZero();

        superuser("alter role " + database.owner().user() + " connection limit -1");
        assertThat(carryOut(order.amending("restore " + backup + " into half"))).isZero();
    }

    private void mayCreate() throws SQLException {
        superuser("alter role " + database.owner().user() + " createdb");
    }

    private void superuser(String sql) throws SQLException {
        try (var superuser = PostgresServer.start(18).superuser(database);
                var statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection beside(String name) throws SQLException {
        return new Database(database.host(), database.port(), name, database.owner(), database.app(), database.ca())
                .asOwner();
    }

    private void script(String name, String sql) throws IOException {
        write(Places.MIGRATIONS + "/" + name, sql);
    }

    private int saving(Order.Backup backup) throws Refusal {
        return carryOut(with(order(), Map.of("backup", backup)));
    }

    private String name() throws IOException {
        return report().at("/backup/name").asText();
    }
}
