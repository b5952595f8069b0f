package dev.lockstep.observed;

import dev.lockstep.resource.Condition;
import dev.lockstep.resource.Saved;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where one resource stands, by its status alone: nothing is asked for it.
///
/// @param stage absent until the operator has written a status
/// @param pending how many steps are not applied
/// @param backupAt when the newest backup was taken
/// @param batch the one at work
public record Standing(
        String namespace,
        String name,
        Instant createdAt,
        Optional<Status.Stage> stage,
        List<Condition> conditions,
        int pending,
        Optional<Instant> backupAt,
        Optional<Batch> batch) {

    /// A batch at work, as its run's log tells it.
    ///
    /// @param rowsPerSecond 0 as long as it is not measured
    /// @param etaSeconds absent as long as it is not known
    public record Batch(long rowsPerSecond, Optional<Long> etaSeconds) {}

    /// Takes it in.
    public static Standing of(SchemaMigration resource) {
        var metadata = resource.getMetadata();
        var status = Optional.ofNullable(resource.getStatus());
        return new Standing(
                metadata.getNamespace(),
                metadata.getName(),
                Instant.parse(metadata.getCreationTimestamp()),
                status.map(Status::stage),
                status.map(Status::conditions).orElse(List.of()),
                status.map(Status::pending).orElse(0),
                status.map(Status::backup).map(Saved::at).flatMap(Edited::time),
                status.map(Status::run).map(Status.Run::progress).flatMap(Standing::batch));
    }

    /// A step that is no batch covers no rows.
    private static Optional<Batch> batch(Status.Progress progress) {
        var rows = Absent.or(progress.rows(), 0L);
        if (rows == 0) return Optional.empty();
        return Optional.of(
                new Batch(Absent.or(progress.rowsPerSecond(), 0L), Optional.ofNullable(progress.etaSeconds())));
    }

    /// The answer to one question, where there is one.
    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(it -> it.type().equals(type)).findFirst();
    }

    /// Since when the question has had that answer; absent while it has another.
    public Optional<Instant> since(String type, String status) {
        return condition(type)
                .filter(it -> it.status().equals(status))
                .map(Condition::lastTransitionTime)
                .flatMap(Edited::time);
    }
}
