package dev.lockstep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Entry;
import dev.lockstep.history.History;
import dev.lockstep.script.Catalogue;
import dev.lockstep.script.Kind;
import dev.lockstep.script.Script;
import dev.lockstep.script.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a person's yes holds for.
final class ConsentTest {
    private static final Policy CAREFUL = new Policy(false, Policy.Asks.destructive, Optional.empty(), "db");

    private final Map<String, String> files = new TreeMap<>(Map.of("V1__t.sql", "create table t (a int, b int);"));

    private ConsentTest with(String name, String text) {
        files.put(name, text);
        return this;
    }

    private Catalogue catalogue() throws Refusal {
        return Catalogue.of(files, "postgresql");
    }

    /// A plan for a database that has these versions.
    private Plan plan(Policy policy, String target, String... applied) throws Refusal {
        return Plan.of(Graph.of(catalogue()), ground(history(applied), applied.length == 0), target, policy);
    }

    private static Ground ground(History history, boolean building) {
        return new Ground(history, building, Optional.empty());
    }

    private History history(String... versions) throws Refusal {
        var entries = new ArrayList<Entry>();
        for (var version : versions) {
            var number = Optional.of(new Version(version));
            var checksum = catalogue().scripts().stream()
                    .filter(script ->
                            script.kind() == Kind.VERSIONED && script.version().equals(number))
                    .map(Script::checksum)
                    .findFirst();
            entries.add(new Entry(entries.size() + 1, number, "", "SQL", "", checksum, true));
        }
        return History.of(entries);
    }

    private static List<String> runs(Plan plan) {
        return plan.steps().stream().map(Step::number).toList();
    }

    private static List<String> held(Plan plan) {
        return plan.held().stream()
                .map(held -> held.step().number() + " " + held.reason())
                .toList();
    }

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
