package dev.lockstep.job;

import dev.lockstep.observed.Placement;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/// What the Pod Security Standard `restricted` demands, and as whom a run works.
final class Guard {
    /// The group that may write to the claims, and the user of an image that says nothing of one. The runner's
    /// user is its image's; it must not change between runs, or older backups could not be removed. This
    /// number is what most images call `nonroot`.
    static final long NONROOT = 65_532;

    private Guard() {}

    static PodSecurityContext pod(Placement placement) {
        var account = placement.account();
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(account.flatMap(Placement.Account::user).orElse(null))
                .withRunAsGroup(account.flatMap(Placement.Account::group).orElse(null))
                .withFsGroup(account.flatMap(Placement.Account::owner).orElse(NONROOT))
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    /// Of the run's container.
    static SecurityContextBuilder container() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities();
    }

    /// Of a container from another's image, whose user may be root or a name, with neither of which it would start.
    static SecurityContextBuilder stranger(Placement placement) {
        var user = placement.account().flatMap(Placement.Account::user);
        return user.isPresent() ? container() : container().withRunAsUser(NONROOT);
    }
}
