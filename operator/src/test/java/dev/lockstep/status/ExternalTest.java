package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.decision.Decision;
import dev.lockstep.observed.External;
import dev.lockstep.resource.Spec;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Backups that somebody else takes.
class ExternalTest {
    private static final String OTHER = "{inline: {V1__init.sql: select 1, V2__more.sql: select 2}}";

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
        world.ends(8, StoryTest.failed("BackupNeeded")).look();
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

        assertThat(world.annotated(External.BACKUP, "snap-1").look()).isInstanceOf(Decision.Start.class);
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
    void it_is_of_the_state_before_that_run_and_of_no_later_one() {
        world.annotated(External.BACKUP, "snap-1").look();
        world.ends(0, Reported.SAVED_ELSEWHERE).look();

        world.migrations(OTHER);
        saves(world);
        asksFor();

        assertThat(named()).isIn("", "null");
        assertThat(world.annotated(External.BACKUP, "snap-2").look()).isInstanceOf(Decision.Start.class);
        assertThat(named()).isEqualTo("snap-2");
    }

    @Test
    void a_run_that_has_changed_nothing_leaves_it_for_the_next_attempt() {
        world.annotated(External.BACKUP, "snap-1").look();
        world.ends(4, StoryTest.failed("ConnectionLost")).look();

        assertThat(world.later(5).look()).isInstanceOf(Decision.Start.class);
        assertThat(named()).isEqualTo("snap-1");
    }
}
