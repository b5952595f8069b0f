package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Argo CD's script, on resources that the operator has looked at.
class HealthTest {
    private static final String OTHER = "{inline: {V1__init.sql: select 2}}";
    private final World world = new World(DanceTest.INLINE);

    private String health() {
        return Health.of(world.resource()).status();
    }

    @Test
    void what_nobody_has_looked_at_yet_is_progressing() {
        assertThat(health()).isEqualTo("Progressing");
        assertThat(Kstatus.of(world.resource())).isEqualTo(Kstatus.InProgress);
    }

    @Test
    void an_answer_to_an_older_spec_is_none() {
        world.look();
        world.ends(0, Reported.DONE).look();
        assertThat(health()).isEqualTo("Healthy");

        world.migrations(OTHER);

        assertThat(health()).isEqualTo("Progressing");
    }

    @Test
    void what_only_a_person_can_mend_is_degraded_and_says_what() {
        world.look();
        world.ends(1, StoryTest.failed("StatementFailed")).look();

        assertThat(Health.of(world.resource())).isEqualTo(new Health("Degraded", "V1__init.sql:3: it broke; mend it"));
    }

    @Test
    void what_is_tried_again_is_progressing() {
        world.look();
        world.ends(4, StoryTest.failed("Unreachable")).look();

        assertThat(health()).isEqualTo("Progressing");
    }

    @Test
    void a_run_that_waits_for_a_person_is_suspended() {
        world.look();
        world.ends(5, StoryTest.failed("ApprovalNeeded").replace("Failed", "Approval"))
                .look();

        assertThat(health()).isEqualTo("Suspended");
    }

    @Test
    void contract_steps_that_wait_keep_no_later_wave_from_starting() {
        world.look();
        world.ends(0, Reported.held("up")).look();

        assertThat(world.condition("Ready")).isEqualTo("True ApprovalNeeded");
        assertThat(health()).isEqualTo("Healthy");
    }

    @Test
    void a_suspended_resource_is_suspended_as_long_as_there_is_something_to_run() {
        world.spec("suspend", "true").look();
        assertThat(health()).isEqualTo("Suspended");

        world.spec("suspend", "false").look();
        world.ends(0, Reported.DONE).look();
        world.spec("suspend", "true").look();
        assertThat(health()).isEqualTo("Healthy");
    }

    @Test
    void the_guide_has_the_script_as_it_is() throws IOException {
        var guide = Files.readString(Path.of("../docs/guides/gitops.md"));

        assertThat(guide).contains(Health.script().indent(4));
    }
}
