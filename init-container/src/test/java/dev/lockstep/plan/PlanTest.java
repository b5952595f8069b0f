package dev.lockstep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Entry;
import dev.lockstep.history.History;
import dev.lockstep.script.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlanTest extends Planning {
    @Test
    void on_an_empty_schema_everything_runs() throws Refusal {
        var plan = with("V2__d.sql", "drop table t;").plan(CAREFUL, "head");

        assertThat(runs(plan)).containsExactly("1", "2");
        assertThat(plan.hash()).isEmpty();
    }

    @Test
    void contract_steps_wait_and_what_loses_data_is_asked_about() throws Refusal {
        var plan = with("V2__n.sql", "alter table t alter a set not null;")
                .with("V3__d.sql", "alter table t drop column b;")
                .plan(CAREFUL, "head", "1");

        assertThat(held(plan)).containsExactly("2 contract", "3 contract");
        assertThat(plan.needsApproval()).isFalse();
        assertThat(plan.hash()).isPresent();
    }

    @Test
    void an_approval_is_bound_to_scripts_and_database_but_not_to_progress() throws Refusal {
        with("V2__c.sql", "alter table t add column c int;").with("V3__d.sql", "alter table t drop column b;");
        var hash = plan(CAREFUL, "head", "1").hash();
        var go = new Policy(true, Policy.Asks.destructive, hash, "db");

        assertThat(runs(plan(go, "head", "1"))).containsExactly("2", "3");
        assertThat(runs(plan(go, "head", "1", "2"))).containsExactly("3");
        assertThat(held(plan(new Policy(true, Policy.Asks.destructive, hash, "other"), "head", "1")))
                .containsExactly("3 approval");
        assertThat(held(with("V3__d.sql", "alter table t drop column a;").plan(go, "head", "1")))
                .containsExactly("3 approval");
    }

    @Test
    void a_step_on_other_tables_runs_ahead_of_a_held_one() throws Refusal {
        var plan = with("V2__d.sql", "alter table t rename column a to c;")
                .with("V3__u.sql", "create table u (a int);")
                .with("R__v.sql", "create view v as select 1;")
                .plan(CAREFUL, "head", "1");

        assertThat(runs(plan)).containsExactly("3", "v");
        assertThat(held(plan)).containsExactly("2 contract");
    }

    @Test
    void a_step_that_may_depend_on_a_held_one_stops_the_plan() {
        with("V2__d.sql", "alter table t rename column a to c;").with("V3__c.sql", "update t set c = 1;");

        var failure = catchThrowableOfType(Refusal.class, () -> plan(CAREFUL, "head", "1"))
                .failure();

        assertThat(failure.code()).isEqualTo(Code.ContractInTheWay);
        assertThat(failure.place()).isEqualTo("V3__c.sql:1");
    }

    @Test
    void expand_and_contract_in_one_script_are_refused_where_contract_steps_wait() throws Refusal {
        with("V2__m.sql", "create table u (a int);\nalter table t drop column b;");

        var failure = catchThrowableOfType(Refusal.class, () -> plan(CAREFUL, "head", "1"))
                .failure();

        assertThat(failure.code()).isEqualTo(Code.MixedPhases);
        assertThat(failure.place()).isEqualTo("V2__m.sql:2");
        assertThat(runs(plan(new Policy(true, Policy.Asks.never, Optional.empty(), "db"), "head", "1")))
                .containsExactly("2");
    }

    @Test
    void a_table_of_the_same_run_is_nobodys() throws Refusal {
        var plan = with("V2__u.sql", "create table u (a int);")
                .with("V3__u.sql", "drop table u;")
                .plan(CAREFUL, "head", "1");

        assertThat(runs(plan)).containsExactly("2", "3");
    }

    @Test
    void an_older_target_is_behind_the_database_and_nothing_runs() throws Refusal {
        var plan = with("V2__u.sql", "create table u (a int);")
                .with("R__v.sql", "create view v as select 1;")
                .plan(CAREFUL, "1", "1", "2");

        assertThat(plan.ahead()).isTrue();
        assertThat(runs(plan)).isEmpty();
    }

    @Test
    void a_deleted_row_makes_a_version_pending_again() throws Refusal {
        var entries = List.of(
                new Entry(1, Optional.of(new Version("1")), "t", "SQL", "", Optional.empty(), true),
                new Entry(2, Optional.of(new Version("1")), "t", "DELETE", "", Optional.empty(), true));

        assertThat(History.of(entries).has(new Version("1"))).isFalse();
    }

    @Test
    void a_baseline_stands_for_all_before_it() throws Refusal {
        var entries = List.of(new Entry(1, Optional.of(new Version("1")), "b", "BASELINE", "", Optional.empty(), true));
        with("V2__u.sql", "create table u (a int);");

        var plan = Plan.of(Graph.of(catalogue()), ground(History.of(entries), false), "head", CAREFUL);

        assertThat(runs(plan)).containsExactly("2");
    }

    @Test
    void a_script_that_failed_outside_a_transaction_is_uncertain() {
        var entries =
                List.of(new Entry(1, Optional.of(new Version("1")), "t", "SQL", "V1__t.sql", Optional.empty(), false));

        var failure = catchThrowableOfType(
                        Refusal.class,
                        () -> Plan.of(Graph.of(catalogue()), ground(History.of(entries), false), "head", CAREFUL))
                .failure();

        assertThat(failure.code()).isEqualTo(Code.Uncertain);
    }
}
