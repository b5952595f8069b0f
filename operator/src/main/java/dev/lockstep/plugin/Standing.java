package dev.lockstep.plugin;

import dev.lockstep.observed.Words;
import dev.lockstep.resource.Backup;
import dev.lockstep.resource.Condition;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A resource as it was read, asked for what may be absent in it.
record Standing(SchemaMigration resource) {

    static <T> List<T> list(@Nullable List<T> written) {
        return written == null ? List.of() : written;
    }

    static String text(@Nullable String written) {
        return written == null ? "" : written;
    }

    String name() {
        return resource.getMetadata().getName();
    }

    String namespace() {
        return resource.getMetadata().getNamespace();
    }

    /// `namespace/name`.
    String path() {
        return namespace() + "/" + name();
    }

    Map<String, String> annotations() {
        return Optional.of(resource.getMetadata())
                .map(ObjectMeta::getAnnotations)
                .orElse(Map.of());
    }

    /// Absent as long as nobody has answered.
    Optional<Status> status() {
        return Optional.ofNullable(resource.getStatus()).filter(it -> !Status.UNSEEN.equals(it.observedGeneration()));
    }

    /// Does the status speak of the newest spec?
    boolean isAnswered() {
        long seen = status().map(Status::observedGeneration).orElse(0L);
        return seen
                >= Optional.ofNullable(resource.getMetadata().getGeneration()).orElse(0L);
    }

    List<Condition> conditions() {
        return list(status().map(Status::conditions).orElse(null));
    }

    Optional<Condition> condition(String type) {
        return conditions().stream().filter(it -> it.type().equals(type)).findFirst();
    }

    boolean is(String type) {
        return condition(type).filter(it -> it.status().equals("True")).isPresent();
    }

    /// Why it is as it is, in one word; empty as long as nobody has said.
    String reason() {
        return condition("Ready").map(Condition::reason).orElse("");
    }

    Verdict verdict() {
        if (!isAnswered()) return Verdict.Pending;
        if (is("Ready")) return Verdict.Ready;
        return is("Stalled") ? Verdict.Stalled : Verdict.Pending;
    }

    /// Will it stay so until a person does something? A contract step may be at work though it is Ready.
    boolean isAtRest() {
        return verdict() == Verdict.Stalled || verdict() == Verdict.Ready && !is("Reconciling");
    }

    Optional<Status.Plan> plan() {
        return status().map(Status::plan);
    }

    Optional<Status.Run> run() {
        return status().map(Status::run);
    }

    /// One that nobody has agreed to yet, and nobody has called off.
    Optional<Status.Amendment> waitingAmendment() {
        var wish = annotations().getOrDefault(Words.AMEND, "");
        return status().map(Status::amendment)
                .filter(it -> it.job() == null && it.plan() != null)
                .filter(it -> wish.equals(it.words()));
    }

    boolean isSuspended() {
        return Boolean.TRUE.equals(resource.getSpec().suspend());
    }

    /// The claim with the backups that the runs take themselves.
    Optional<String> backups() {
        return Optional.ofNullable(resource.getSpec().backup())
                .filter(it -> it.when() != Backup.Frequency.Never && it.method() != Backup.Method.External)
                .map(Backup::claimName);
    }
}
