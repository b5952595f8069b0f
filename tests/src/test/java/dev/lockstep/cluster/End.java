package dev.lockstep.cluster;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.lockstep.resource.Condition;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import io.fabric8.kubernetes.api.model.Event;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All that a way has left behind, but for times and for what a database or a cluster has named by itself.
///
/// @param status where it stands, and why
/// @param applied the steps
/// @param rows what the scripts have done
/// @param history as Flyway reads it
/// @param jobs how many were made, in how many attempts the last leg was carried out
/// @param map what the application may mount
/// @param events how often each reason was told
record End(
        List<String> status,
        List<String> applied,
        String rows,
        String history,
        String jobs,
        Map<String, String> map,
        Map<String, Long> events) {
    static final End NONE = new End(List.of(), List.of(), "", "", "", Map.of(), Map.of());

    static End of(Migration migration, PodDatabase database, String rows) {
        var resource = migration.read();
        var status = resource.getStatus();
        var run = Objects.requireNonNull(status.run());
        return new End(
                told(resource, status),
                Objects.requireNonNull(status.applied()).stream()
                        .map(it -> it.revision() + " " + it.phase() + " " + it.direction())
                        .toList(),
                database.sql(rows),
                database.sql(
                        "SELECT string_agg(script || success, ' ' ORDER BY installed_rank) FROM flyway_schema_history"),
                "%d Jobs, run %d, attempt %d: %s"
                        .formatted(migration.runs().size(), run.number(), run.attempt(), run.result()),
                migration.map(),
                events(migration));
    }

    /// What is there, whatever way led to it.
    List<Object> standing() {
        return List.of(status, applied, rows, history, map);
    }

    private static List<String> told(SchemaMigration resource, Status status) {
        var conditions = Objects.requireNonNull(status.conditions()).stream()
                .sorted(Comparator.comparing(Condition::type))
                .map(it -> it.type() + "=" + it.status() + " " + it.reason())
                .toList();
        return Stream.concat(
                        Stream.of(
                                "revision " + status.revision(),
                                "target " + status.targetRevision(),
                                "floor " + status.floor(),
                                "stage " + status.stage(),
                                "waiting for " + status.waitingFor(),
                                "observed "
                                        + resource.getMetadata().getGeneration().equals(status.observedGeneration())),
                        conditions.stream())
                .toList();
    }

    private static Map<String, Long> events(Migration migration) {
        return new TreeMap<>(migration.events().stream().collect(groupingBy(Event::getReason, counting())));
    }
}
