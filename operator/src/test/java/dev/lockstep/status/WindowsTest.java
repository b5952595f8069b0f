package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Runs start in their windows and at no other time. It is midnight, UTC, when a test begins.
class WindowsTest {
    private static final int HOUR = 3600;

    private static World world(String windows) {
        return new World(DanceTest.INLINE, ", approval: Never, windows: " + windows);
    }

    private static Decision look(World world) {
        return world.look();
    }

    @Test
    void nothing_starts_before_one_opens_and_something_does_as_soon_as_it_has() {
        var world = world("[{cron: '0 2 * * *', duration: 1h}]");

        assertThat(look(world)).isEqualTo(closed("2026-01-01T02:00:00Z"));
        assertThat(world.condition("Ready")).isEqualTo("False WindowClosed");
        assertThat(world.condition("Reconciling")).isEqualTo("True WindowClosed");
        assertThat(world.status().waitingFor())
                .containsExactly("no window of spec.windows is open; the next opens at 2026-01-01T02:00:00Z");
        assertThat(look(world.later(2 * HOUR - 1))).isInstanceOf(Decision.Closed.class);
        assertThat(look(world.later(1))).isInstanceOf(Decision.Start.class);
    }

    @Test
    void its_last_second_counts_and_the_next_does_not() {
        var windows = "[{cron: '0 2 * * *', duration: 1h}]";

        assertThat(look(world(windows).later(3 * HOUR - 1))).isInstanceOf(Decision.Start.class);
        assertThat(look(world(windows).later(3 * HOUR))).isEqualTo(closed("2026-01-02T02:00:00Z"));
    }

    @Test
    void one_that_opened_yesterday_may_still_be_open() {
        assertThat(look(world("[{cron: '0 22 * * *', duration: 3h}]"))).isInstanceOf(Decision.Start.class);
    }

    @Test
    void each_has_its_time_zone_and_the_first_of_several_counts() {
        var windows =
                "[{cron: '0 2 * * *', duration: 10m, timeZone: Europe/Berlin}, {cron: '0 9 * * SUN', duration: 1h}]";

        assertThat(look(world(windows))).isEqualTo(closed("2026-01-01T01:00:00Z"));
        assertThat(look(world(windows).later(HOUR))).isInstanceOf(Decision.Start.class);
    }

    @Test
    void a_time_that_the_clock_skips_opens_none() {
        var world = world("[{cron: '30 2 * * *', duration: 1h, timeZone: Europe/Berlin}]");
        var before = Instant.parse("2026-03-28T12:00:00Z");

        world.later((int)
                (before.getEpochSecond() - Instant.parse("2026-01-01T00:00:00Z").getEpochSecond()));

        assertThat(look(world)).isEqualTo(closed("2026-03-30T00:30:00Z"));
    }

    @Test
    void a_run_at_work_is_not_stopped_and_its_next_attempt_waits() {
        var world = world("[{cron: '0 0 * * *', duration: 1m}]");
        assertThat(look(world)).isInstanceOf(Decision.Start.class);
        assertThat(look(world.later(120))).isInstanceOf(Decision.Wait.class);

        world.ends(4, StoryTest.failed("Unreachable")).look();
        assertThat(look(world.later(5))).isEqualTo(closed("2026-01-02T00:00:00Z"));
    }

    @Test
    void what_the_apps_code_needs_is_there_while_the_rest_waits_for_one() {
        var world = new World(DanceTest.INLINE, DanceTest.UNASKED + ", windows: [{cron: '0 0 * * *', duration: 1m}]");
        world.look();
        world.alive(DanceTest.pod("old", "1")).ends(0, Reported.held("up")).look();
        assertThat(world.condition("Ready")).isEqualTo("True WaitingForPods");

        assertThat(look(world.later(60).alive(DanceTest.pod("new", "2")))).isInstanceOf(Decision.Closed.class);
        assertThat(world.condition("Ready")).isEqualTo("True WindowClosed");
        assertThat(world.condition("Contracted")).isEqualTo("False WindowClosed");
    }

    @Test
    void what_is_settled_stays_so() {
        var world = world("[{cron: '0 0 * * *', duration: 1m}]");
        world.look();
        world.ends(0, Reported.DONE).look();

        assertThat(look(world.later(HOUR))).isInstanceOf(Decision.Rest.class);
    }

    @Test
    void one_that_is_none_is_told_with_what_to_write() {
        assertThat(refused("[{cron: '0 99 * * *', duration: 1h}]")).contains("cron 0 99 * * * is none");
        assertThat(refused("[{cron: '0 2 * * *', duration: 1h, timeZone: Mars/Base}]"))
                .contains("time zone Mars/Base is none");
        assertThat(refused("[{cron: '0 2 30 2 *', duration: 1h}]")).contains("will ever open");
    }

    private static String refused(String windows) {
        var world = world(windows);
        world.look();
        assertThat(world.condition("Stalled")).startsWith("True");
        return world.message();
    }

    private static Decision closed(String until) {
        return new Decision.Closed(Optional.of(Instant.parse(until)));
    }

    @Test
    void a_slip_of_the_pen_is_told() {
        for (var cron : List.of("0 2 * * 1-5/", "0-30/ * * * *", "0 2 1-/ * *")) {
            var world = world("[{cron: '" + cron + "', duration: 1h}]");

            assertThat(look(world)).isInstanceOf(Decision.Ask.class);
            assertThat(world.message()).contains("cron " + cron + " is none");
        }
    }
}
