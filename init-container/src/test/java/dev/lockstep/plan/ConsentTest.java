package dev.lockstep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a person's yes holds for.
final class ConsentTest extends Planning {
    @Test
    void what_loses_data_needs_a_word_where_contract_steps_may_run() throws Refusal {
        var plan = with("V2__n.sql", "alter table t alter a set not null;")
                .with("V3__d.sql", "alter table t drop column b;")
                .plan(asking(Policy.Asks.destructive, Optional.empty()), "head", "1");

        assertThat(runs(plan)).containsExactly("2");
        assertThat(held(plan)).containsExactly("3 approval");
        assertThat(plan.needsApproval()).isTrue();
    }

    private static Policy asking(Policy.Asks asks, Optional<String> approved) {
        return new Policy(true, asks, approved, "db");
    }

    @Test
    void all_contract_steps_are_asked_about_if_that_is_what_they_wait_for() throws Refusal {
        with("V2__e.sql", "alter table t add column e int;").with("V3__n.sql", "alter table t alter a set not null;");

        var asked = plan(asking(Policy.Asks.contract, Optional.empty()), "head", "1");

        assertThat(held(asked)).containsExactly("3 approval");
        assertThat(runs(plan(asking(Policy.Asks.contract, asked.hash()), "head", "1")))
                .containsExactly("2", "3");
        assertThat(plan(asking(Policy.Asks.destructive, Optional.empty()), "head", "1")
                        .hash())
                .isEmpty();
    }

    @Test
    void everything_is_asked_about_where_that_is_wanted_and_one_yes_holds_until_all_of_it_has_run() throws Refusal {
        with("V2__e.sql", "alter table t add column e int;").with("V3__f.sql", "alter table t add column f int;");
        var asked = plan(asking(Policy.Asks.always, Optional.empty()), "head", "1");
        var yes = asking(Policy.Asks.always, asked.hash());

        assertThat(held(asked)).containsExactly("2 approval", "3 approval");
        assertThat(runs(plan(yes, "head", "1", "2"))).containsExactly("3");
        assertThat(held(with("V4__g.sql", "alter table t add column g int;").plan(yes, "head", "1", "2")))
                .containsExactly("3 approval", "4 approval");
    }

    @Test
    void a_yes_to_two_losses_holds_for_the_second_when_the_first_is_done() throws Refusal {
        with("V2__d.sql", "alter table t drop column b;").with("V3__d.sql", "alter table t drop column a;");
        var hash = plan(CAREFUL, "head", "1").hash();
        var go = asking(Policy.Asks.destructive, hash);

        assertThat(runs(plan(go, "head", "1"))).containsExactly("2", "3");
        assertThat(runs(plan(go, "head", "1", "2"))).containsExactly("3");
    }

    @Test
    void the_way_down_waits_as_a_whole_and_one_yes_holds_until_its_end() throws Refusal {
        with("V2__u.sql", "create table u (a int);")
                .with("U2__u.sql", "drop table u;")
                .with("V3__w.sql", "create table w (a int);")
                .with("U3__w.sql", "drop table w;");
        var asked = down(asking(Policy.Asks.destructive, Optional.empty()), "1", "2", "3");
        var yes = asking(Policy.Asks.destructive, asked.hash());

        assertThat(held(asked)).containsExactly("3 approval", "2 approval");
        assertThat(held(down(CAREFUL, "1", "2", "3"))).containsExactly("3 contract", "2 contract");
        assertThat(runs(down(yes, "1", "2", "3"))).containsExactly("3", "2");
        assertThat(runs(down(yes, "1", "2"))).containsExactly("2");
        assertThat(runs(down(asking(Policy.Asks.never, Optional.empty()), "1", "2")))
                .containsExactly("2");
    }

    private Plan down(Policy policy, String... applied) throws Refusal {
        return Plan.down(Graph.of(catalogue()), ground(history(applied), false), "1", policy);
    }
}
