package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Progress;
import dev.lockstep.resource.Status;
import dev.lockstep.resource.Status.Stage;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// How far a run is, as its log tells it.
class RunProgressTest {
    private static final Progress MIDWAY = new Progress(
            Optional.of(Progress.Work.Migrating),
            2,
            2,
            500,
            OptionalLong.of(1_000),
            OptionalLong.of(50),
            OptionalLong.of(10),
            OptionalLong.empty());
    private static final Progress BEGUN = Progress.at(Progress.Work.Expanding, 1, 2);

    private final World world = new World("{inline: {V1__init.sql: select 1}}");

    @Test
    void the_stage_is_what_the_log_tells_of() {
        world.look();
        world.says("is the log of a runner that tells nothing").look();
        assertThat(world.status().stage()).isEqualTo(Stage.Migrating);
        var stages = Map.of(
                Progress.Work.Saving, Stage.BackingUp,
                Progress.Work.Expanding, Stage.Expanding,
                Progress.Work.Migrating, Stage.Migrating,
                Progress.Work.Contracting, Stage.Contracting,
                Progress.Work.TakingBack, Stage.Downgrading);
        for (var work : Progress.Work.values()) {
            world.later(1).says(Progress.at(work, 1, 2).line()).look();
            assertThat(world.status().stage()).isEqualTo(stages.get(work));
        }
        world.later(1).ends(0, Reported.DONE).look();
        assertThat(world.status().stage()).isEqualTo(Stage.Settled);
    }

    @Test
    void a_backup_is_no_step() {
        world.look();
        world.says(Progress.SAVING.line()).look();

        assertThat(world.status().run()).extracting(Status.Run::progress).isNull();
    }

    @Test
    void a_batch_that_waits_for_a_replica_says_so_until_it_goes_on() {
        world.look();
        world.says(MIDWAY.line(), MIDWAY.behind(12).line()).look();
        assertThat(world.message()).endsWith(" is at work; its batch waits for a replica that is at least 12 s behind");

        world.later(1).says(MIDWAY.line()).look();

        assertThat(world.message()).endsWith(" is at work");
    }

    @Test
    void how_far_a_run_is_stands_in_the_status_until_it_has_ended() {
        world.look();
        world.says(BEGUN.line()).look();
        world.later(1).says("Applying V1", BEGUN.line(), MIDWAY.line(), "waits for pid 7");
        world.look();

        assertThat(world.status().run())
                .extracting(Status.Run::progress)
                .isEqualTo(new Status.Progress(2, 2, 500L, 1_000L, 50L, 10L));

        var writes = world.writes();
        world.look();
        assertThat(world.writes()).as("what has not changed is not written").isEqualTo(writes);

        assertThat(world.reasons()).as("told once, however often it is written").containsExactly("Started");

        world.later(1).ends(0, Reported.DONE).look();
        assertThat(world.status().run()).extracting(Status.Run::progress).isNull();
    }
}
