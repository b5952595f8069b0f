package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// The way down, on every database.
abstract class DownConformance extends DriftConformance {
    private static final String HISTORY = "select version || ' ' || type from flyway_schema_history"
            + " where version is not null order by installed_rank";

    private void threeRevisions() {
        terminal.script("V1__init.sql", INIT)
                .script("V2__note.sql", "alter table orders add column note text;")
                .script("U2__note.sql", "alter table orders drop column note;")
                .script("V3__index.sql", "create index by_total on orders (total);")
                .script("U3__index.sql", "drop index by_total;");
        succeeds(terminal.upgrade());
    }

    @Test
    void one_step_down_and_up_again() throws SQLException {
        threeRevisions();

        var result = terminal.downgrade("-1");

        succeeds(result);
        assertThat(result.out()).contains("U3__index.sql").contains("at revision 2");
        assertThat(terminal.show("current").out()).isEqualTo("2\n");
        assertThat(database().column(HISTORY)).containsExactly("1 SQL", "2 SQL", "3 SQL", "3 DELETE");
        assertFlywayAgrees();
        assertThat(terminal.await("3", "1ms").exit()).isEqualTo(Code.Behind.exit());
        succeeds(terminal.upgrade());
        assertThat(database().column(HISTORY)).endsWith("3 SQL");
        assertThat(terminal.await("3", "5s").exit()).isZero();
        assertFlywayAgrees();
    }

    @Test
    void down_to_a_revision_and_to_base() throws SQLException {
        terminal.script("U1__init.sql", "drop table orders;");
        threeRevisions();

        succeeds(terminal.downgrade("1"));
        assertThat(database().column("select * from orders")).containsExactly("1");
        assertThat(terminal.show("current").out()).isEqualTo("1\n");
        succeeds(terminal.downgrade("base"));

        assertThat(terminal.show("current").out()).isEqualTo("base\n");
        assertFlywayAgrees();
        succeeds(terminal.upgrade());
        assertThat(terminal.show("current").out()).isEqualTo("3 (head)\n");
    }

    @Test
    void a_down_script_that_nobody_wrote_is_named_before_anything_runs() throws SQLException {
        threeRevisions();

        fails(terminal.downgrade("base"), Code.MissingDown, "V1__init.sql:1: ");

        assertThat(database().column(HISTORY)).containsExactly("1 SQL", "2 SQL", "3 SQL");
    }

    @Test
    void a_down_script_that_fails_has_changed_nothing() throws SQLException {
        threeRevisions();
        terminal.script("U3__index.sql", "delete from orders;\ndrop index no_such_index;");

        fails(terminal.downgrade("-2"), Code.StatementFailed, "U3__index.sql:2: ");

        assertThat(database().ask("select count(*) from orders")).isEqualTo("1");
        assertThat(terminal.show("current").out()).isEqualTo("3 (head)\n");
    }

    /// As a run leaves it that dies over the statement: its effect may have been made.
    @Test
    void a_statement_outside_a_transaction_is_not_taken_back_twice() throws SQLException {
        atRevisionOne();
        terminal.script("V2__more.sql", "update orders set total = total + 1;")
                .script("U2__more.sql", "-- Transaction: none\nupdate orders set total = total - 1;");
        succeeds(terminal.upgrade());
        database().execute("update lockstep_schema set state = 'leaving' where version = '2'");

        fails(terminal.downgrade("1"), Code.Uncertain, "U2__more.sql:1: ");

        assertThat(database().ask("select total from orders")).isEqualTo("11");
    }

    @Test
    void a_statement_outside_a_transaction_that_was_refused_may_be_tried_again() throws SQLException {
        atRevisionOne();
        terminal.script("V2__note.sql", "-- Revision: noted\nalter table orders add column note text;")
                .script("U2__note.sql", "-- Transaction: none\nupdate nowhere set total = 1;");
        succeeds(terminal.upgrade());

        fails(terminal.downgrade("1"), Code.StatementFailed, "U2__note.sql:2: ");

        assertThat(terminal.await("noted", "1ms").exit())
                .as("nothing was taken back")
                .isZero();
        assertThat(terminal.await("1", "1ms").exit()).as("nobody is kept out").isZero();
        terminal.script("U2__note.sql", "-- Transaction: none\nalter table orders drop column note;");
        succeeds(terminal.downgrade("1"));
        assertThat(terminal.show("current").out()).isEqualTo("1\n");
    }

    @Test
    void a_backup_is_taken_before_the_way_down() {
        threeRevisions();

        var result = terminal.downgrade("-1");

        assertThat(result.out()).contains("backup taken").contains("verified");
    }

    @Test
    void what_would_run_is_printed_and_nothing_is_changed() {
        threeRevisions();

        var printed = terminal.show("downgrade", "1", "--sql");

        succeeds(printed);
        assertThat(printed.out()).isEqualTo("""
                        -- U3__index.sql (down, expand)
                        drop index by_total;

                        -- U2__note.sql (down, contract)
                        alter table orders drop column note;

                        -- afterwards, so that the history knows: lockstep stamp 1
                        """);
        assertThat(terminal.show("current").out()).isEqualTo("3 (head)\n");
        assertThat(terminal.show("plan", "-1").out()).contains("U3__index.sql");
    }

    @Test
    void a_down_script_alters_tables_as_an_up_script_does() throws SQLException {
        terminal.script("V1__init.sql", INIT);
        succeeds(terminal.upgrade());
        terminal.script(
                        "V2__more.sql",
                        "alter table orders alter column total set default 5, add constraint gain check (total > 0);")
                .script("U2__more.sql", "alter table orders drop constraint gain, alter column total drop default;");
        succeeds(terminal.upgrade());
        database().execute("insert into orders (id) values (2)");
        assertThat(database().ask("select total from orders where id = 2")).isEqualTo("5");

        succeeds(terminal.downgrade("-1"));

        database().execute("insert into orders (id) values (3)", "insert into orders (id, total) values (4, -1)");
        assertThat(database().ask("select total from orders where id = 3")).isEqualTo("null");
        assertThat(database().ask("select count(*) from orders")).isEqualTo("4");
    }

    @Test
    void another_branch_stays() {
        terminal.script("V1__init.sql", "-- Revision: root\n" + INIT)
                .script("V2__left.sql", "-- Revision: left\n-- Revises: root\nalter table orders add column l text;")
                .script("U2__left.sql", "alter table orders drop column l;")
                .script(
                        "V3__right.sql",
                        "-- Revision: right\n-- Revises: root\n-- Label: r\nalter table orders add column r text;")
                .script("U3__right.sql", "alter table orders drop column r;")
                .script(
                        "V4__right.sql",
                        "-- Revision: further\n-- Revises: right\nalter table orders add column f text;")
                .script("U4__right.sql", "alter table orders drop column f;");
        succeeds(terminal.upgrade("heads"));

        fails(terminal.downgrade("-1"), Code.MultipleHeads, "-1: ");
        succeeds(terminal.downgrade("right"));

        assertThat(terminal.show("current").out()).isEqualTo("left (head)\nright\n");
        succeeds(terminal.upgrade("r@head"));
        assertThat(terminal.show("current").out()).isEqualTo("left (head)\nfurther (head)\n");
        assertFlywayAgrees();
    }

    @Test
    void words_that_lead_the_other_way_are_refused() {
        threeRevisions();

        fails(terminal.downgrade("+1"), Code.GraphInvalid, "+1: leads up");
        fails(terminal.downgrade("head"), Code.GraphInvalid, "head: leads up");
        fails(terminal.upgrade("-1"), Code.GraphInvalid, "-1: leads down");
        fails(terminal.downgrade("-4"), Code.GraphInvalid, "-4: only 3 revisions are applied");
        fails(terminal.downgrade("1", "--nonsense"), Code.Usage, "--nonsense: is no option of lockstep downgrade");
    }

    @Test
    void a_run_that_fails_takes_back_what_it_applied_if_it_is_told_to() throws SQLException {
        terminal.script("V1__init.sql", INIT);
        succeeds(terminal.upgrade());
        terminal.script("V2__note.sql", "alter table orders add column note text;")
                .script("U2__note.sql", "alter table orders drop column note;")
                .script("V3__wrong.sql", "alter table nothing add column note text;");

        fails(terminal.upgrade("--on-failure=downgrade"), Code.StatementFailed, "V3__wrong.sql:1: ");

        assertThat(terminal.show("current").out()).isEqualTo("1\n");
        assertThat(database().column(HISTORY)).containsExactly("1 SQL", "2 SQL", "2 DELETE");
        fails(terminal.upgrade(), Code.StatementFailed, "V3__wrong.sql:1: ");
        assertThat(terminal.show("current").out()).isEqualTo("2\n");
    }

    @Test
    void code_from_before_a_contract_step_is_kept_out_until_the_step_is_taken_back() {
        terminal.script("V1__init.sql", INIT).script("V2__note.sql", "alter table orders add column note text;");
        succeeds(terminal.upgrade());
        terminal.script("V3__rename.sql", "-- Revision: renamed\nalter table orders rename column total to amount;")
                .script("U3__rename.sql", "alter table orders rename column amount to total;");
        succeeds(terminal.upgrade());

        var old = terminal.await("2", "5s");
        assertThat(old.exit()).isEqualTo(10);
        assertThat(old.err()).contains("PastContract: revision 2: ").contains("revision 3");
        assertThat(terminal.await("renamed", "5s").exit()).isZero();

        terminal.script("U2__note.sql", "boom;");
        fails(terminal.downgrade("1"), Code.StatementFailed, "U2__note.sql:1: ");
        assertThat(terminal.await("2", "5s").exit()).as("3 is taken back").isZero();
    }

    @Test
    void older_files_do_not_pass_for_ahead_once_a_contract_step_has_run() {
        terminal.script("V1__init.sql", INIT);
        succeeds(terminal.upgrade());
        terminal.script("V2__rename.sql", "alter table orders rename column total to amount;");
        succeeds(terminal.upgrade());

        fails(terminal.without("V2__rename.sql").upgrade(), Code.PastContract, "head: ");
    }
}
