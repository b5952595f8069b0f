package dev.lockstep.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who leads, as far as this process knows.
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final Settings.Election election;
    private volatile String leader = "";

    Leadership(Settings.Election election) {
        this.election = election;
    }

    /// @param onLost what to do when another has taken over; the election itself would end the process from
    /// within
    /// the shutdown hook and never return
    LeaderElectionConfiguration configuration(Runnable onLost) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(election.lease())
                .withLeaseNamespace(election.namespace())
                .withIdentity(election.identity())
                .withLeaderCallbacks(new LeaderCallbacks(() -> LOG.info("leading"), onLost, this::seen))
                .withExitOnStopLeading(false)
                .build();
    }

    private void seen(String identity) {
        LOG.info("the leader is {}", identity);
        leader = identity;
    }

    /// An operator that can never lead, for want of a right, has seen no leader and must not be called ready.
    boolean isLeaderKnown() {
        return !leader.isEmpty();
    }

    /// Whether this process leads.
    boolean isOurs() {
        return leader.equals(election.identity());
    }

    /// Gives the lease back, so that the next leader need not wait until it runs out (15 s).
    void release(KubernetesClient client) {
        if (!isOurs()) return;
        try {
            client.leases()
                    .inNamespace(election.namespace())
                    .withName(election.lease())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"holderIdentity\":\"\"}}");
        } catch (KubernetesClientException kept) {
            LOG.info("the lease is not given back and runs out by itself: status {}", kept.getCode());
        }
    }
}
