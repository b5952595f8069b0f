package dev.lockstep.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which file a step is of.
class TextsTest {
    private static final Map<String, String> FILES = Map.of(
            "V2__less.sql", "DROP TABLE a;\nDROP TABLE b;\n",
            "V02_1__odd.sql", "odd\u001b[2J",
            "U2__less.sql", "up again",
            "R__all_pets.sql", "view",
            "V22__other.sql", "other");

    private static Status.Step step(String revision, String direction, String description) {
        return new Status.Step(revision, direction, "contract", description, true, null);
    }

    @Test
    void it_is_shown_whole_under_its_name() {
        assertThat(Texts.lines(step("2", "up", "less"), FILES))
                .containsExactly("", "-- V2__less.sql", "DROP TABLE a;", "DROP TABLE b;");
    }

    @Test
    void a_way_down_has_a_script_of_its_own() {
        assertThat(Texts.lines(step("2", "down", "less"), FILES)).contains("-- U2__less.sql");
    }

    @Test
    void a_version_is_the_same_however_it_is_written_and_no_text_moves_the_cursor() {
        assertThat(Texts.lines(step("2.1", "up", "odd"), FILES)).containsExactly("", "-- V02_1__odd.sql", "odd [2J");
    }

    @Test
    void a_repeatable_goes_by_its_description() {
        assertThat(Texts.lines(step("all pets", "up", "all pets"), FILES)).contains("view");
    }

    @Test
    void a_step_that_has_none_is_told() {
        assertThat(Texts.lines(step("3", "up", "gone"), FILES))
                .containsExactly("", "-- 3 gone: no such script in the run's ConfigMap");
    }
}
