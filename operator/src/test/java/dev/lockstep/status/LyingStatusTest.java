package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.decision.Decision;
import dev.lockstep.resource.Status;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/// A status that somebody has written by hand says what is not so. The Report of its run is there as long as its Job
/// is.
class LyingStatusTest {
    private final World world = new World("{inline: {V1__init.sql: select 1}}");

    private void edit(String field, String value) {
        var status = Serialization.unmarshal(Serialization.asJson(world.status()), ObjectNode.class);
        status.set(field, Serialization.unmarshal(value, JsonNode.class));
        world.resource().setStatus(Serialization.unmarshal(status.toString(), Status.class));
    }

    private void editRun(String field, String value) {
        var run = Serialization.unmarshal(Serialization.asJson(world.status().run()), ObjectNode.class);
        edit("run", run.put(field, value).toString());
    }

    @Test
    void what_a_run_has_reported_is_told_again_and_nothing_is_run_for_it() {
        world.look();
        world.ends(0, Reported.DONE).look();
        var before = world.status();

        edit("revision", "\"99\"");
        edit("targetRevision", "\"99\"");
        edit("pending", "7");
        edit("floor", "\"98\"");
        edit("applied", "[]");
        editRun("result", "StatementFailed");

        assertThat(world.look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.status()).isEqualTo(before);
        assertThat(world.jobs()).hasSize(1);
    }

    @Test
    void a_run_that_is_said_to_have_succeeded_and_has_not_is_told_as_failed() {
        world.look();
        world.says("").look();
        editRun("result", "Done");
        edit("revision", "\"1\"");

        assertThat(world.look()).isInstanceOf(Decision.Wait.class);
        assertThat(world.condition("Ready")).isEqualTo("Unknown Running");

        world.later(1).ends(1, StoryTest.failed("StatementFailed")).look();
        assertThat(world.condition("Ready")).isEqualTo("False StatementFailed");
    }
}
