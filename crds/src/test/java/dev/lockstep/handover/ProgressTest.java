package dev.lockstep.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// A line of progress is written and read by the same record.
final class ProgressTest {
    private static final Progress WALKING = new Progress(
            Optional.of(Progress.Work.Migrating),
            2,
            3,
            400_000,
            OptionalLong.of(1_000_000),
            OptionalLong.of(80_000),
            OptionalLong.of(7),
            OptionalLong.empty());
    private static final Progress BEGUN = Progress.at(Progress.Work.Expanding, 1, 3);

    @Test
    void what_is_written_is_read_again() {
        for (var progress : List.of(WALKING, BEGUN, Progress.SAVING, WALKING.behind(12))) {
            assertThat(Progress.read(progress.line())).contains(progress);
        }
    }

    @Test
    void it_is_one_line_of_json_in_which_what_is_not_known_is_left_out() {
        assertThat(WALKING.line())
                .isEqualTo("{\"progress\":1,\"work\":3,\"step\":2,\"steps\":3,\"rows\":400000,\"rowsTotal\":1000000,"
                        + "\"rowsPerSecond\":80000,\"etaSeconds\":7}");
        assertThat(BEGUN.line()).isEqualTo("{\"progress\":1,\"work\":2,\"step\":1,\"steps\":3,\"rows\":0}");
    }

    @Test
    void what_a_newer_runner_says_besides_is_passed_over() {
        var line = WALKING.line().replace("\"rows\":", "\"bytes\":17,\"rows\":");

        assertThat(Progress.read(line + "\n")).contains(WALKING);
    }

    @Test
    void work_that_an_operator_does_not_know_is_none_and_the_rest_counts() {
        for (var line : List.of("\"work\":6,", "\"work\":0,", "")) {
            assertThat(Progress.read(BEGUN.line().replace("\"work\":2,", line)))
                    .hasValueSatisfying(it -> assertThat(it.work()).isEmpty())
                    .hasValueSatisfying(it -> assertThat(it.steps()).isEqualTo(3));
        }
    }

    @Test
    void other_lines_are_no_progress() {
        for (var line : List.of(
                "",
                "[2/3] V2__more.sql",
                "{\"v\":1,\"outcome\":\"Done\"}",
                "{\"step\":1,\"steps\":3}",
                WALKING.line().replace("\"progress\":1", "\"progress\":2"),
                WALKING.line().substring(0, 30),
                "      " + WALKING.line() + " and more")) {
            assertThat(Progress.read(line)).as(line).isEmpty();
        }
    }
}
