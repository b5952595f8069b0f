package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.decision.Decision;
import dev.lockstep.observed.Floor;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Seen;
import dev.lockstep.observed.Workloads;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.status.Telling;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A status that a person has edited with `kubectl edit --subresource=status`, within what the CRD lets in: every look
/// comes to a decision, and the metrics of all resources are there still.
class EditedStatusTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static final String RESOURCE = """
            apiVersion: lockstep.dev/v1alpha1
            kind: SchemaMigration
            metadata: {name: orders, namespace: shop, uid: u-1, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {database: {sqlite: {claimName: c, path: a.db}}, backup: {when: Never}, driftCheck: {interval: 1h},
                   migrations: {inline: {V1__init.sql: select 1}}}
            status:
              observedGeneration: 1
              revision: "1"
              targetRevision: "2"
              pending: 1
              floor: "1"
              stage: Failed
              plan: {hash: "sha256:00", scripts: "00", steps: [{revision: "2", direction: up, phase: contract, description: b}]}
              run: {job: orders-1, order: x, number: 1, attempt: 2, leg: Hold, approved: "sha256:00",
                    startedAt: "2026-01-01T11:00:00Z", finishedAt: "2026-01-01T11:59:59Z", result: RESULT, message: no,
                    progress: {step: 1, steps: 2, rows: 5, rowsTotal: 9, rowsPerSecond: 3, etaSeconds: 4}}
              applied: [{revision: "1", description: a, at: "2026-01-01T11:00:00Z"}]
              backup: {name: a.dump, bytes: 5, sha256: ab, verified: true, at: "2026-01-01T11:00:00Z", revision: "1"}
              waitingFor: [somebody]
              retried: a
              tookOver: b
              externalBackup: c
              amendment: {words: stamp 1, hash: "sha256:00", job: orders-1, number: 1}
              drift: {job: orders-9, number: 9, at: "2026-01-01T11:00:00Z", result: Done, message: no}
              conditions:
              - {type: Ready, status: "True", reason: Settled, message: it is, lastTransitionTime: "2026-01-01T11:00:00Z",
                 observedGeneration: 1}
              - {type: Stalled, status: "True", reason: Defect, message: it is, lastTransitionTime: "2026-01-01T11:00:00Z",
                 observedGeneration: 1}
              - {type: Drifted, status: "True", reason: Drifted, message: it is, lastTransitionTime: "2026-01-01T11:00:00Z",
                 observedGeneration: 1}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"Unreachable", "Done", "NoReport", "ApprovalNeeded", "Ahead"})
    void every_look_comes_to_a_decision(String result) {
        var edits = new ArrayList<SchemaMigration>();
        edit(whole(result).get("status"), whole(result), List.of(), edits);

        assertThat(edits).hasSizeGreaterThan(100);
        assertThat(edits)
                .allSatisfy(it -> assertThatCode(() -> look(it))
                        .as(Serialization.asJson(it.getStatus()))
                        .doesNotThrowAnyException());
    }

    @Test
    void the_metrics_of_all_are_there_still() {
        var edits = new ArrayList<SchemaMigration>();
        edit(whole("Done").get("status"), whole("Done"), List.of(), edits);
        for (int i = 0; i < edits.size(); i++) edits.get(i).getMetadata().setName("orders-" + i);
        var metrics = new Metrics("1", true, () -> true, () -> NOW);
        metrics.watch(edits::stream);

        assertThat(metrics.scrape()).contains("name=\"orders-0\"").contains("lockstep_resource_pending_steps");
    }

    private static JsonNode whole(String result) {
        return Serialization.unmarshal(RESOURCE.replace("RESULT", result), JsonNode.class);
    }

    private static void look(SchemaMigration resource) {
        var observed = Observed.of(new Seen(
                resource,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                selector -> new Workloads.Listed(List.of()),
                object -> List.of(),
                pod -> List.of(),
                "runner:1",
                Floor.NONE,
                NOW));
        assertThat(observed.nextNumber()).isPositive();
        Telling.of(Decision.of(observed), observed, Optional.empty());
    }

    /// Each text and each number in turn with each odd value, and away.
    private static void edit(JsonNode node, JsonNode whole, List<String> path, List<SchemaMigration> into) {
        switch (node.getNodeType()) {
            case OBJECT -> node.properties().forEach(it -> edit(it.getValue(), whole, below(path, it.getKey()), into));
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) edit(node.get(i), whole, below(path, "" + i), into);
            }
            case STRING ->
                Stream.of("", "x", "2026-13-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "9998-01-01T00:00:00Z", "True")
                        .forEach(it -> into.add(with(whole, path, new TextNode(it))));
            case NUMBER ->
                Stream.of(0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE)
                        .forEach(it -> into.add(with(whole, path, new IntNode(it))));
            case BOOLEAN, NULL, MISSING, BINARY, POJO -> {}
        }
    }

    private static List<String> below(List<String> path, String name) {
        return Stream.concat(path.stream(), Stream.of(name)).toList();
    }

    private static SchemaMigration with(JsonNode whole, List<String> path, JsonNode value) {
        var copy = whole.deepCopy();
        var parent = copy.get("status");
        for (var name : path.subList(0, path.size() - 1)) parent = child(parent, name);
        set(parent, path.getLast(), value);
        return Serialization.unmarshal(copy.toString(), SchemaMigration.class);
    }

    private static JsonNode child(JsonNode parent, String name) {
        return parent.isArray() ? parent.get(Integer.parseInt(name)) : parent.get(name);
    }

    private static void set(JsonNode parent, String name, JsonNode value) {
        if (parent instanceof ArrayNode list) list.set(Integer.parseInt(name), value);
        if (parent instanceof ObjectNode object && !name.equals("stage")) object.set(name, value);
    }
}
