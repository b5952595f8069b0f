package dev.lockstep.observed;

import dev.lockstep.resource.Runner;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where and how the run's pod is wanted.
public record Placement(
        ResourceRequirements resources,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        Optional<Affinity> affinity,
        Optional<String> priorityClassName,
        Optional<String> serviceAccountName,
        List<String> imagePullSecrets,
        Map<String, String> labels,
        Map<String, String> annotations,
        Optional<Account> account) {

    /// As whom it runs, where that is not left to the image.
    public record Account(Optional<Long> user, Optional<Long> group, Optional<Long> owner) {
        private static Account of(Runner.Account written) {
            return new Account(
                    Optional.ofNullable(written.runAsUser()),
                    Optional.ofNullable(written.runAsGroup()),
                    Optional.ofNullable(written.fsGroup()));
        }
    }

    /// A quarter of a core, because a run that gets no time while it holds a table's lock makes the application
    /// wait with it. Memory for a JVM of 60 MiB beside a `pg_dump`. No limits, since a killed migration is worse
    /// than a large one.
    private static final ResourceRequirements REQUESTS = new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity("250m"))
            .addToRequests("memory", new Quantity("128Mi"))
            .build();

    private static final Placement ANYWHERE = new Placement(
            REQUESTS,
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Map.of(),
            Optional.empty());

    /// Of what is written, with what is usual for the rest.
    public static Placement of(@Nullable Runner runner) {
        if (runner == null) return ANYWHERE;
        return new Placement(
                Absent.or(runner.resources(), REQUESTS),
                Absent.or(runner.nodeSelector(), Map.of()),
                Absent.or(runner.tolerations(), List.of()),
                Optional.ofNullable(runner.affinity()),
                Optional.ofNullable(runner.priorityClassName()),
                Optional.ofNullable(runner.serviceAccountName()),
                Absent.or(runner.imagePullSecrets(), List.of()),
                Absent.or(runner.labels(), Map.of()),
                Absent.or(runner.annotations(), Map.of()),
                Optional.ofNullable(runner.securityContext()).map(Account::of));
    }
}
