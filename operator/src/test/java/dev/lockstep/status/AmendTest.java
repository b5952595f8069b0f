package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import dev.lockstep.observed.Words;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// One person wants the history changed, another agrees, and the wish is begun anew.
class AmendTest {
    private final World world = new World(DanceTest.INLINE);

    private World asked(String words) {
        return world.annotated(Words.AMEND, words);
    }

    private World mismatched() {
        world.look();
        world.ends(7, StoryTest.failed("ChecksumMismatch")).look();
        return world;
    }

    private String plan() {
        return Objects.requireNonNull(
                Objects.requireNonNull(world.status().amendment()).plan());
    }

    @Test
    void nothing_is_changed_before_another_has_agreed_and_what_to_agree_to_is_told() {
        mismatched();

        assertThat(asked("repair").look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Ready")).isEqualTo("False ChecksumMismatch");
        assertThat(world.condition("Approved")).isEqualTo("False ApprovalNeeded");
        assertThat(world.status().waitingFor())
                .containsExactly("SchemaMigrationApproval {migration: orders, plan: " + plan() + "} for: repair");
        assertThat(world.jobs()).hasSize(1);
    }

    @Test
    void agreed_to_it_is_ordered_and_the_wish_is_begun_anew_after_it() {
        mismatched();
        asked("repair").look();

        assertThat(world.approves(plan()).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("verb").asText()).isEqualTo("amend");
        assertThat(world.order().get("amendment").asText()).isEqualTo("repair");
        world.look();
        assertThat(world.ends(0, Reported.AMENDED).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("verb").asText()).isEqualTo("run");
        assertThat(world.order().has("amendment")).isFalse();

        assertThat(world.ends(0, Reported.DONE).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Ready")).isEqualTo("True Settled");
        assertThat(world.status().amendment()).extracting("result").isEqualTo("Done");
        assertThat(world.later(100_000).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.jobs()).hasSize(3);
    }

    @Test
    void what_could_not_be_done_is_told_and_not_tried_again() {
        mismatched();
        asked("stamp 77").look();
        world.approves(plan()).look();
        world.look();

        world.ends(1, StoryTest.failed("GraphInvalid")).look();
        world.ends(7, StoryTest.failed("ChecksumMismatch")).look();

        assertThat(world.status().amendment()).extracting("result").isEqualTo("GraphInvalid");
        assertThat(world.condition("Ready")).isEqualTo("False ChecksumMismatch");
        assertThat(world.later(100_000).look()).isInstanceOf(Decision.Rest.class);
    }

    @Test
    void a_yes_is_to_these_words() {
        mismatched();
        asked("stamp 1").look();
        world.approves(plan());

        assertThat(asked("stamp 2").look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.jobs()).hasSize(1);
    }

    @Test
    void what_the_database_is_at_stays_told_while_the_history_is_changed() {
        world.look();
        world.ends(0, Reported.DONE).look();
        asked("stamp 1").look();
        assertThat(world.condition("Ready")).isEqualTo("True Settled");

        world.approves(plan()).look();
        world.look();

        assertThat(world.status().revision()).isEqualTo("1");
        assertThat(world.status().amendment()).extracting("words").isEqualTo("stamp 1");
    }

    @Test
    void nothing_is_changed_while_it_is_suspended() {
        mismatched();
        asked("repair").look();

        assertThat(world.approves(plan()).spec("suspend", "true").look()).isInstanceOf(Decision.Hold.class);
    }

    private void amended(String words) {
        asked(words).look();
        world.approves(plan()).look();
        world.look();
        world.ends(0, Reported.AMENDED).look();
        world.ends(0, Reported.DONE).look();
    }

    @Test
    void a_yes_is_to_one_deed_and_other_words_in_between_do_not_make_it_another() {
        mismatched();
        amended("stamp 1");
        var done = world.jobs().size();

        asked("repair").look();
        assertThat(world.status().amended()).extracting("words").isEqualTo("stamp 1");
        assertThat(asked("stamp 1").look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.jobs()).hasSize(done);
        amended("repair");
        assertThat(asked("stamp 1").look()).isInstanceOf(Decision.Rest.class);

        assertThat(world.jobs()).hasSize(done + 2);
        assertThat(world.condition("Approved")).isEqualTo("False ApprovalNeeded");
    }

    @Test
    void a_yes_is_to_this_database_and_to_these_scripts() {
        mismatched();
        asked("repair").look();
        world.approves(plan());

        world.migrations("{inline: {V1__init.sql: select 2}}").look();

        assertThat(world.order().get("verb").asText()).isEqualTo("run");
        world.ends(7, StoryTest.failed("ChecksumMismatch")).look();
        assertThat(world.look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Approved")).isEqualTo("False ApprovalNeeded");
    }

    @Test
    void what_cannot_start_is_waited_for_and_what_is_lost_is_told() {
        mismatched();
        asked("repair").look();
        world.approves(plan()).look();
        world.pods("{phase: Pending, conditions: [], containerStatuses: [{name: runner, state: {waiting: {reason:"
                + " ErrImagePull, message: no such host}}}]}");

        assertThat(world.later(60).look()).isInstanceOf(Decision.Wait.class);
        assertThat(world.condition("Ready")).isEqualTo("False ImagePullBackOff");
        world.remove(world.jobs().getLast().getMetadata().getName());
        world.look();
        world.look();

        assertThat(world.status().amendment()).extracting("result").isEqualTo("NoReport");
    }

    @Test
    void no_window_has_to_be_open_and_what_was_ready_stays_so() {
        var windowed = new World(DanceTest.INLINE, ", windows: [{cron: '0 0 * * *', duration: 1h}]");
        windowed.look();
        windowed.ends(0, Reported.DONE).look();
        windowed.later(7200).annotated(Words.AMEND, "restore a.dump into other").look();
        windowed.approves(Objects.requireNonNull(
                Objects.requireNonNull(windowed.status().amendment()).plan()));

        assertThat(windowed.look()).isInstanceOf(Decision.Start.class);
        windowed.look();
        assertThat(windowed.condition("Ready")).isEqualTo("True Settled");
        assertThat(windowed.ends(0, Reported.AMENDED).look()).isInstanceOf(Decision.Closed.class);
        assertThat(windowed.condition("Ready")).isEqualTo("True WindowClosed");
    }

    @Test
    void what_has_been_agreed_to_is_not_asked_for_again_while_it_has_to_wait() {
        mismatched();
        asked("repair").look();

        world.approves(plan()).spec("suspend", "true").look();

        assertThat(world.condition("Approved")).isEqualTo("True NothingAsked");
    }
}
