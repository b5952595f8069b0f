package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Progress;
import dev.lockstep.resource.Status;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// How far a run is, as its log tells it.
class RunProgressTest {
    private static final Progress MIDWAY =
            new Progress(2, 2, 500, OptionalLong.of(1_000), OptionalLong.of(50), OptionalLong.of(10));

    private final World world = new World("{inline: {V1__init.sql: select 1}}");

    @Test
    void how_far_a_run_is_stands_in_the_status_until_it_has_ended() {
        world.look();
        world.says(Progress.at(1, 2).line()).look();
        world.later(1).says("Applying V1", Progress.at(1, 2).line(), MIDWAY.line(), "waits for pid 7");
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
