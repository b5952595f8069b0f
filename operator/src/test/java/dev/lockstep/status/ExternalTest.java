package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.decision.Decision;
import dev.lockstep.observed.Words;
import dev.lockstep.resource.Spec;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Backups that somebody else takes.
class ExternalTest {
    private static final String OTHER = "{inline: {V1__init.sql: select 1, V2__more.sql: select 2}}";

    private static final String NEEDED = StoryTest.failed("BackupNeeded").replace("V1__init.sql:3", "postgresql://db");

    private World world = new World(DanceTest.INLINE);

    @BeforeEach
    void somebody_else_saves() {
        saves(world);
    }

    private static void saves(World world) {
        var spec = Serialization.unmarshal(Serialization.asJson(world.resource().getSpec()), ObjectNode.class);
        spec.putObject("backup").put("method", "External");
        world.resource().setSpec(Serialization.unmarshal(spec.toString(), Spec.class));
    }

    private String named() {
        return world.order().at("/backup/external/name").asText("");
    }

    private void asksFor() {
        world.look();
        world.ends(8, NEEDED).look();
    }

    @Test
    void a_run_waits_for_a_name_and_nothing_has_failed() {
        asksFor();

        assertThat(named()).isIn("", "null");
        assertThat(world.condition("Ready")).isEqualTo("False BackupNeeded");
        assertThat(world.condition("Stalled")).isEqualTo("False BackupNeeded");
        assertThat(world.condition("BackupReady")).isEqualTo("False BackupNeeded");
        assertThat(world.status().stage()).hasToString("Planning");
        assertThat(world.status().waitingFor()).hasSize(1);
        assertThat(world.later(100_000).look()).isInstanceOf(Decision.Rest.class);
    }

    @Test
    void the_name_lets_it_go_on_at_once_and_stands_in_the_status() {
        asksFor();

        assertThat(world.annotated(Words.EXTERNAL, "snap-1").look()).isInstanceOf(Decision.Start.class);
        assertThat(named()).isEqualTo("snap-1");
        world.ends(0, Reported.SAVED_ELSEWHERE).look();

        assertThat(world.condition("Ready")).isEqualTo("True Settled");
        assertThat(world.condition("BackupReady")).isEqualTo("True Named");
        assertThat(world.status().backup())
                .extracting("name", "verified", "sha256")
                .containsExactly("snap-1", false, null);
        assertThat(world.status().waitingFor()).isNull();
    }

    @Test
    void a_name_from_before_the_question_is_none_and_one_name_is_one_deed() {
        world.annotated(Words.EXTERNAL, "snap-1");
        asksFor();
        assertThat(named()).isIn("", "null");
        assertThat(world.later(100_000).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.status().externalBackup()).isEqualTo("snap-1");

        assertThat(world.annotated(Words.EXTERNAL, "snap-2").look()).isInstanceOf(Decision.Start.class);
        assertThat(named()).isEqualTo("snap-2");
        world.ends(0, Reported.SAVED_ELSEWHERE).look();
        world.migrations(OTHER);
        saves(world);
        asksFor();

        assertThat(named()).isIn("", "null");
        assertThat(world.look()).isInstanceOf(Decision.Rest.class);
    }

    private void runsWithAName() {
        asksFor();
        world.annotated(Words.EXTERNAL, "snap-1").look();
    }

    @Test
    void a_run_that_has_changed_nothing_leaves_it_for_the_next_attempt() {
        runsWithAName();
        world.ends(4, StoryTest.failed("ConnectionLost")).look();

        assertThat(world.later(5).look()).isInstanceOf(Decision.Start.class);
        assertThat(named()).isEqualTo("snap-1");
    }

    @Test
    void what_may_have_changed_something_or_went_on_for_long_asks_again() {
        runsWithAName();
        world.ends(137, "").look();
        assertThat(world.later(5).look()).isInstanceOf(Decision.Start.class);
        assertThat(named()).as("it has said nothing").isIn("", "null");

        world = new World(DanceTest.INLINE);
        saves(world);
        runsWithAName();
        for (int i = 0; i < 8; i++) {
            world.ends(4, StoryTest.failed("ConnectionLost")).look();
            world.later(300).look();
        }
        assertThat(named()).as("ten minutes later").isIn("", "null");
    }

    @Test
    void an_attempt_that_has_applied_a_step_leaves_no_name_to_the_next() {
        var applied = "\"applied\":[{\"revision\":\"1\",\"description\":\"init\",\"phase\":\"expand\","
                + "\"direction\":\"up\",\"millis\":7,\"lockAttempts\":2,\"at\":\"2026-01-01T00:00:00Z\"}]";
        runsWithAName();
        world.ends(4, StoryTest.failed("ConnectionLost").replace("\"applied\":[]", applied))
                .look();

        assertThat(world.later(5).look()).isInstanceOf(Decision.Start.class);
        assertThat(named()).isIn("", "null");
    }

    @Test
    void a_script_that_was_corrected_is_another_wish_and_asks_again() {
        runsWithAName();
        world.ends(1, StoryTest.failed("StatementFailed")).look();

        world.migrations(OTHER);
        saves(world);
        world.look();

        assertThat(named()).isIn("", "null");
    }

    @Test
    void the_resource_stays_ready_while_contract_steps_wait_for_one() {
        var held = new World(DanceTest.INLINE, ", contract: {when: Approved}");
        saves(held);
        held.look();
        held.ends(0, Reported.held("up")).look();
        held.approves(Reported.HASH).look();
        held.ends(8, NEEDED).look();

        assertThat(held.condition("Ready")).isEqualTo("True BackupNeeded");
        assertThat(held.status().waitingFor()).hasSize(2);
    }
}
