package dev.lockstep.plugin;

import dev.lockstep.plugin.Problem.Kind;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A pod that does one thing and is gone, however this process ends.
record Errand(Api api, Leftovers leftovers, Pod pod) {
    /// An image that has to be pulled, and a claim that has to be attached to another node, take their time.
    private static final long SECONDS_MAX = 90;

    /// What the pod has said.
    String run() throws Refused {
        try {
            api.ask(() -> {
                leftovers.make(() -> api.client().resource(pod).create(), this::remove);
                return true;
            });
            var ended = api.ask(this::ended);
            var said = api.ask(() -> there().getLog());
            if (phase(ended).equals("Succeeded")) return said;
            throw new Refused(
                    Kind.NotNow,
                    "pod " + name(),
                    "the runner could not list them: " + said.strip(),
                    "look whether the claim can be read");
        } finally {
            leftovers.remove();
        }
    }

    private Pod ended() throws Refused {
        try {
            return there().waitUntilCondition(Errand::hasEnded, SECONDS_MAX, TimeUnit.SECONDS);
        } catch (KubernetesClientTimeoutException late) {
            throw new Refused(
                    Kind.NotNow,
                    "pod " + name(),
                    "has not come to its end in " + SECONDS_MAX + " s: " + obstacle(),
                    "mend that, or wait for whoever has the claim, and ask again");
        }
    }

    private static boolean hasEnded(Pod pod) {
        return pod == null || phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
    }

    private static String phase(Pod pod) {
        return Optional.ofNullable(pod)
                .map(Pod::getStatus)
                .map(PodStatus::getPhase)
                .orElse("");
    }

    /// The kubelet's word, else the newest event's; whoever may not read events is told the phase.
    private String obstacle() {
        var now = Optional.ofNullable(there().get());
        var waiting = now.map(Pod::getStatus).map(PodStatus::getContainerStatuses).orElse(List.of()).stream()
                .map(ContainerStatus::getState)
                .flatMap(it -> Optional.ofNullable(it).map(ContainerState::getWaiting).stream())
                .map(ContainerStateWaiting::getReason)
                .findFirst();
        return event().or(() -> waiting).orElseGet(() -> now.map(Errand::phase).orElse("it is gone"));
    }

    private Optional<String> event() {
        try {
            return api
                    .client()
                    .v1()
                    .events()
                    .inNamespace(api.namespace())
                    .withField("involvedObject.name", name())
                    .list()
                    .getItems()
                    .stream()
                    .map(Event::getMessage)
                    .reduce((first, last) -> last);
        } catch (KubernetesClientException unread) {
            return Optional.empty();
        }
    }

    private PodResource there() {
        return api.client().pods().inNamespace(api.namespace()).withName(name());
    }

    private String name() {
        return pod.getMetadata().getName();
    }

    /// It may be gone already, or have been refused.
    private void remove() {
        try {
            there().withGracePeriod(0).delete();
        } catch (KubernetesClientException untaken) {
            // It ends by its own deadline, and goes with its resource.
        }
    }
}
