package dev.lockstep.observed;

import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a run would be taken for lost by what the watches have told. Each of them lags on its own, most of all
/// after a start: one tells of a status that names a Job before the other tells of that Job.
public final class Doubt {
    private Doubt() {}

    /// @param jobs those of the resource that are known
    /// @param pods those of the resource that are known
    public static boolean of(SchemaMigration resource, Collection<Job> jobs, Collection<Pod> pods) {
        return Optional.ofNullable(resource.getStatus()).stream()
                .flatMap(Doubt::open)
                .anyMatch(name -> jobs.stream()
                        .filter(it -> it.getMetadata().getName().equals(name))
                        .noneMatch(job -> Runs.finished(job).isEmpty()
                                || Runs.pod(job, pods).isPresent()));
    }

    /// The Jobs of which no end has been told.
    private static Stream<String> open(Status status) {
        var run = Optional.ofNullable(status.run()).filter(it -> it.result() == null);
        var amendment = Optional.ofNullable(status.amendment()).filter(it -> it.result() == null);
        return Stream.concat(run.map(Status.Run::job).stream(), amendment.map(Status.Amendment::job).stream());
    }
}
