package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import org.junit.jupiter.api.Test;

/// Scripts in a claim or an image, which only a run sees.
class UnseenScriptsTest {
    private final World world = new World("{claim: {claimName: scripts}}", DanceTest.UNASKED);

    private static String read(String digest) {
        return Reported.held("up").replace("\"held\":", "\"scripts\":\"" + digest + "\",\"held\":");
    }

    private World held() {
        world.look();
        world.ends(0, read("ab")).look();
        return world;
    }

    private String leg() {
        return world.order().get("contract").asText();
    }

    @Test
    void a_later_leg_is_told_which_scripts_the_one_before_has_read() {
        world.look();
        assertThat(world.order().at("/files/before").isMissingNode()).isTrue();

        held().alive(DanceTest.pod("new", "2")).look();

        assertThat(leg()).isEqualTo("CloseGate");
        assertThat(world.order().at("/files/before").asText()).isEqualTo("ab");
        world.ends(0, read("ab")).look();
        assertThat(leg()).isEqualTo("Go");
        assertThat(world.order().at("/files/before").asText()).isEqualTo("ab");
    }

    @Test
    void where_a_later_leg_finds_others_that_is_told_and_the_way_is_begun_again_after_a_pause() {
        held().alive(DanceTest.pod("new", "2")).look();

        assertThat(world.ends(4, StoryTest.failed("PlanChanged")).look()).isInstanceOf(Decision.Retry.class);
        assertThat(world.condition("Ready")).isEqualTo("False PlanChanged");
        assertThat(world.later(5).look()).isInstanceOf(Decision.Start.class);
        assertThat(leg()).isEqualTo("Hold");
        assertThat(world.order().at("/files/before").isMissingNode()).isTrue();
    }

    @Test
    void others_that_a_first_leg_finds_are_looked_for_again_after_a_pause() {
        world.look();

        assertThat(world.ends(4, StoryTest.failed("PlanChanged")).look()).isInstanceOf(Decision.Retry.class);
    }

    @Test
    void a_person_may_tell_that_they_have_changed_when_all_has_run() {
        world.look();
        world.ends(0, Reported.DONE).look();
        assertThat(world.later(3600).look()).isInstanceOf(Decision.Rest.class);

        assertThat(world.retry("a").look()).isInstanceOf(Decision.Start.class);
        assertThat(world.ends(0, Reported.DONE).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.status().retried()).isEqualTo("a");
    }

    @Test
    void a_person_may_tell_that_they_have_changed_while_steps_wait() {
        assertThat(held().alive(DanceTest.pod("old", "1")).look()).isInstanceOf(Decision.Await.class);

        assertThat(world.retry("a").look()).isInstanceOf(Decision.Start.class);
        assertThat(leg()).isEqualTo("Hold");
    }
}
