package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// What somebody has changed by hand is told, by its name.
abstract class DriftConformance extends SweepConformance {
    private static final String BY_HAND = "create index by_hand on orders (total)";

    /// As [dev.lockstep.dialect.Objects] names things: PostgreSQL's in their schema.
    private String shown(String kind, String name) {
        return switch (database()) {
            case Bed.Postgresql p -> kind + " public." + name;
            case Bed.Sqlite s -> kind + " " + name;
        };
    }

    private void differs(String... lines) {
        var result = terminal.show("drift");

        assertThat(result.exit()).as(result.all()).isEqualTo(Code.Drifted.exit());
        assertThat(result.out().lines()).containsExactly(lines);
        assertThat(result.err()).contains("Drifted: ", lines.length == 1 ? "1 object differs" : "objects differ");
    }

    private void isInStep() {
        var result = terminal.show("drift");

        succeeds(result);
        assertThat(result.out()).startsWith("in step: ");
    }

    @Test
    void a_schema_is_as_runs_of_every_kind_of_statement_have_left_it() throws SQLException {
        corpus().into(terminal);
        var first = terminal.upgrade("5");
        succeeds(first);
        isInStep();

        succeeds(terminal.upgrade("--yes"));

        isInStep();
        assertThat(terminal.show("drift", "--output=json").out())
                .isEqualTo("{\"differences\":[],\"accepted\":false}\n");
    }

    private Corpus corpus() {
        return switch (database()) {
            case Bed.Postgresql p -> Corpus.POSTGRESQL;
            case Bed.Sqlite s -> Corpus.SQLITE;
        };
    }

    @Test
    void what_somebody_has_made_changed_or_dropped_is_told_by_its_name() throws SQLException {
        atRevisionOne();
        terminal.script("V2__seen.sql", "create view seen as select id from orders; create table gone (id integer);");
        succeeds(terminal.upgrade());

        database()
                .execute(
                        BY_HAND,
                        "drop view seen",
                        "create view seen as select id from orders where id > 1",
                        "drop table gone");

        switch (database()) {
            case Bed.Postgresql p ->
                differs(
                        "- column public.gone.id",
                        "+ index public.by_hand",
                        "- table public.gone",
                        "~ view public.seen");
            case Bed.Sqlite s -> differs("+ index by_hand", "- table gone", "~ view seen");
        }
    }

    @Test
    void a_later_migration_hides_nothing_and_one_that_meets_it_ends_it() throws SQLException {
        atRevisionOne();
        database().execute(BY_HAND);
        terminal.script("V2__other.sql", "create index other on orders (total);");
        succeeds(terminal.upgrade());

        differs("+ " + shown("index", "by_hand"));
        terminal.script("V3__drop.sql", "drop index by_hand;");
        succeeds(terminal.upgrade("--yes"));
        isInStep();
    }

    @Test
    void what_a_way_down_takes_back_is_no_drift_and_what_it_leaves_is_told_still() throws SQLException {
        atRevisionOne();
        terminal.script("V2__other.sql", "create index other on orders (total);")
                .script("U2__other.sql", "drop index other;");
        succeeds(terminal.upgrade());
        database().execute(BY_HAND);

        succeeds(terminal.downgrade("-1"));

        differs("+ " + shown("index", "by_hand"));
    }

    @Test
    void a_run_that_fails_keeps_what_its_scripts_have_made() throws SQLException {
        atRevisionOne();
        terminal.script("V2__other.sql", "create index other on orders (total);")
                .script("V3__wrong.sql", "select nothing from nowhere;");

        fails(terminal.upgrade(), Code.StatementFailed, "");

        isInStep();
    }

    @Test
    void what_is_meant_is_accepted() throws SQLException {
        atRevisionOne();
        database().execute(BY_HAND);

        var result = terminal.show("drift", "--accept");

        succeeds(result);
        assertThat(result.out()).isEqualTo("+ " + shown("index", "by_hand") + "\naccepted; nothing differs now\n");
        isInStep();
    }

    @Test
    void a_history_that_flyway_has_moved_is_known_from_then_on() throws SQLException {
        atRevisionOne();
        terminal.script("V2__other.sql", "create index other on orders (total);");
        database().flyway(terminal.migrations()).migrate();

        assertThat(terminal.show("drift").out()).contains("nothing was known of this state");
        isInStep();
        database().execute(BY_HAND);
        differs("+ " + shown("index", "by_hand"));
    }

    @Test
    void a_database_without_a_history_has_not_drifted() {
        isInStep();
    }

    @Test
    void a_database_that_was_taken_all_the_way_down_is_built_anew_as_if_for_the_first_time() {
        terminal.script("V1__init.sql", INIT).script("U1__init.sql", "drop table orders;");
        succeeds(terminal.upgrade());
        succeeds(terminal.downgrade("base"));

        var result = terminal.upgrade();

        succeeds(result);
        assertThat(result.out()).doesNotContain("backup");
        isInStep();
    }
}
