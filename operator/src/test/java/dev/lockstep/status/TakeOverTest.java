package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import dev.lockstep.observed.Words;
import org.junit.jupiter.api.Test;

/// A person says that a database is this resource's from now on.
class TakeOverTest {
    private final World world = new World(DanceTest.INLINE);

    private World conflict() {
        world.look();
        world.ends(1, StoryTest.failed("TargetConflict")).look();
        return world;
    }

    private World taken() {
        return world.annotated(Words.TAKE_OVER, "a");
    }

    private boolean takesOver() {
        return world.order().get("takesOver").asBoolean();
    }

    @Test
    void what_is_anothers_stays_so_until_a_person_says_otherwise() {
        assertThat(conflict().later(100_000).look()).isInstanceOf(Decision.Rest.class);
        assertThat(takesOver()).isFalse();

        assertThat(taken().look()).isInstanceOf(Decision.Start.class);
        assertThat(takesOver()).isTrue();
        world.ends(0, Reported.DONE).look();
        assertThat(world.status().tookOver()).isEqualTo("a");
        assertThat(world.condition("Ready")).isEqualTo("True Settled");
    }

    @Test
    void one_word_is_one_deed() {
        conflict();
        taken().look();
        world.ends(0, Reported.DONE).look();

        world.migrations("{inline: {V2__more.sql: select 2}}").look();
        assertThat(takesOver()).isFalse();
        assertThat(world.ends(1, StoryTest.failed("TargetConflict")).look()).isInstanceOf(Decision.Rest.class);
    }

    @Test
    void a_database_that_could_not_be_reached_is_taken_over_by_the_next_attempt_and_not_sooner() {
        conflict();
        taken().look();
        world.ends(4, StoryTest.failed("Unreachable")).look();

        assertThat(world.look()).isInstanceOf(Decision.Retry.class);
        assertThat(world.status().tookOver()).isNull();
        assertThat(world.later(60).look()).isInstanceOf(Decision.Start.class);
        assertThat(takesOver()).isTrue();
    }

    @Test
    void said_beforehand_it_holds_for_the_first_run() {
        taken().look();

        assertThat(takesOver()).isTrue();
    }

    @Test
    void where_it_is_not_needed_it_is_noted() {
        world.look();
        world.ends(0, Reported.DONE).look();

        assertThat(taken().look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.status().tookOver()).isEqualTo("a");
    }

    @Test
    void a_run_that_did_not_come_so_far_leaves_the_word_for_the_next() {
        conflict();
        taken().look();
        assertThat(world.ends(1, StoryTest.failed("SecretMissing")).look()).isInstanceOf(Decision.Retry.class);
        assertThat(world.later(60).look()).isInstanceOf(Decision.Start.class);
        assertThat(takesOver()).isTrue();

        assertThat(world.ends(1, StoryTest.failed("ScriptInvalid")).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.status().tookOver()).isNull();
        world.migrations("{inline: {V1__init.sql: select 3}}").look();
        assertThat(takesOver()).isTrue();
    }
}
