package dev.lockstep.reconcile;

import dev.lockstep.handover.Places;
import dev.lockstep.job.SchemaMap;
import dev.lockstep.observed.Run;
import dev.lockstep.observed.Workloads;
import dev.lockstep.resource.PodSelector;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.status.Happening;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The few things that are asked of the API server beside the watches.
final class Cluster {
    private static final int UNPROCESSABLE = 422;

    /// A run that does not get its locks says a line each attempt, between two lines that tell how far it is.
    private static final int LINES = 100;

    private final KubernetesClient client;

    Cluster(KubernetesClient client) {
        this.client = client;
    }

    /// On demand: watching all ConfigMaps would hold every one of the cluster in memory.
    Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.ofNullable(
                client.configMaps().inNamespace(namespace).withName(name).get());
    }

    /// The Jobs of a resource as they are now, whatever the watches have told.
    List<Job> jobs(SchemaMigration resource) {
        var metadata = resource.getMetadata();
        return client.batch()
                .v1()
                .jobs()
                .inNamespace(metadata.getNamespace())
                .withLabels(ours(metadata))
                .list()
                .getItems();
    }

    /// The pods of a resource's Jobs as they are now.
    List<Pod> pods(SchemaMigration resource) {
        var metadata = resource.getMetadata();
        return client.pods()
                .inNamespace(metadata.getNamespace())
                .withLabels(ours(metadata))
                .list()
                .getItems();
    }

    private static Map<String, String> ours(ObjectMeta metadata) {
        return Map.of(Run.MANAGED_BY, Run.LOCKSTEP, Run.MIGRATION, metadata.getName());
    }

    /// What has been told about an object.
    List<Event> about(HasMetadata object) {
        return client.v1()
                .events()
                .inNamespace(object.getMetadata().getNamespace())
                .withField("involvedObject.uid", object.getMetadata().getUid())
                .list()
                .getItems();
    }

    /// What a pod's run has said last. A log that cannot be read yet says nothing. Asked for by its address: the
    /// client's own way lists and watches the pod first, each time.
    List<String> log(Pod pod) {
        var metadata = pod.getMetadata();
        var log = "/api/v1/namespaces/%s/pods/%s/log?container=%s&tailLines=%d"
                .formatted(metadata.getNamespace(), metadata.getName(), Places.CONTAINER, LINES);
        try {
            return Optional.ofNullable(client.raw(log)).stream()
                    .flatMap(String::lines)
                    .toList();
        } catch (KubernetesClientException unread) {
            return List.of();
        }
    }

    /// The nodes on which pods use a claim. Asked once a run, for our watch knows our own pods only.
    List<String> nodesUsing(String namespace, Optional<String> claim) {
        if (claim.isEmpty()) return List.of();
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> pod.getSpec().getNodeName() != null && isAlive(pod))
                .filter(pod -> pod.getSpec().getVolumes().stream().anyMatch(volume -> uses(volume, claim.get())))
                .map(pod -> pod.getSpec().getNodeName())
                .distinct()
                .sorted()
                .toList();
    }

    /// Pods that the selector finds, and all that makes pods, whose templates no selector finds. A selector that means
    /// nothing is refused, as are listings that somebody has taken from our role.
    Workloads workloads(String namespace, PodSelector selector) {
        try {
            return new Workloads.Listed(listed(namespace, selector));
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() != HttpURLConnection.HTTP_BAD_REQUEST && !isRefusal(refusal)) throw refusal;
            return new Workloads.Refused(line(refusal));
        }
    }

    /// Pods last: what is made by something that was gone when we looked for it is there by then.
    private List<HasMetadata> listed(String namespace, PodSelector selector) {
        var apps = client.apps();
        var batch = client.batch().v1();
        var all = new ArrayList<HasMetadata>();
        all.addAll(batch.cronjobs().inNamespace(namespace).list().getItems());
        all.addAll(batch.jobs().inNamespace(namespace).list().getItems());
        all.addAll(apps.deployments().inNamespace(namespace).list().getItems());
        all.addAll(apps.statefulSets().inNamespace(namespace).list().getItems());
        all.addAll(apps.daemonSets().inNamespace(namespace).list().getItems());
        all.addAll(apps.replicaSets().inNamespace(namespace).list().getItems());
        all.addAll(client.pods()
                .inNamespace(namespace)
                .withLabelSelector(selector.asLabelSelector())
                .list()
                .getItems());
        return all;
    }

    /// Tells the application where its schema stands, in a ConfigMap that it may mount. Never a reason not to go on.
    ///
    /// @return why it is not written
    Optional<String> publish(ConfigMap schema) {
        var metadata = schema.getMetadata();
        var there = configMap(metadata.getNamespace(), metadata.getName());
        if (there.filter(it -> !SchemaMap.isOurs(it)).isPresent()) {
            return Optional.of("ConfigMap " + metadata.getName() + " is there and is not Lockstep's; rename it");
        }
        try {
            client.resource(schema).fieldManager("lockstep").forceConflicts().serverSideApply();
            return Optional.empty();
        } catch (KubernetesClientException refusal) {
            if (!isRefusal(refusal) || isTerminating(refusal)) throw refusal;
            return Optional.of(line(refusal));
        }
    }

    private static boolean isAlive(Pod pod) {
        var phase = Optional.ofNullable(pod.getStatus()).map(PodStatus::getPhase);
        return phase.filter(it -> it.equals("Succeeded") || it.equals("Failed")).isEmpty();
    }

    private static boolean uses(Volume volume, String claim) {
        return Optional.ofNullable(volume.getPersistentVolumeClaim())
                .filter(it -> it.getClaimName().equals(claim))
                .isPresent();
    }

    /// Makes the scripts' ConfigMap and the Job. Both are named by what is in them, so one that is there already
    /// is the same one.
    ///
    /// @param made is told of a Job that was not there already
    /// @return what the API server refused them with: a quota, a policy
    Optional<String> start(Optional<ConfigMap> scripts, Job job, Runnable made) {
        try {
            scripts.ifPresent(this::create);
            if (create(job)) made.run();
            return Optional.empty();
        } catch (KubernetesClientException refusal) {
            if (!isRefusal(refusal) || isTerminating(refusal)) throw refusal;
            return Optional.of(line(refusal));
        }
    }

    /// A conflict of another kind is over once it is told: somebody else's object was counted in a quota at the same
    /// moment.
    ///
    /// @return whether it was not there already
    private <T extends HasMetadata> boolean create(T object) {
        try {
            client.resource(object).create();
            return true;
        } catch (KubernetesClientException conflict) {
            if (conflict.getCode() != HttpURLConnection.HTTP_CONFLICT) throw conflict;
            if (isThere(conflict)) return false;
            client.resource(object).create();
            return true;
        }
    }

    private static boolean isThere(KubernetesClientException conflict) {
        return Optional.ofNullable(conflict.getStatus())
                .filter(it -> "AlreadyExists".equals(it.getReason()))
                .isPresent();
    }

    private static boolean isRefusal(KubernetesClientException exception) {
        return exception.getCode() == HttpURLConnection.HTTP_FORBIDDEN || exception.getCode() == UNPROCESSABLE;
    }

    private static String line(KubernetesClientException refusal) {
        var status = Optional.ofNullable(refusal.getStatus()).map(it -> it.getMessage());
        return status.orElse("status " + refusal.getCode()).strip().replaceAll("\\s+", " ");
    }

    /// Whether the namespace is being deleted: nothing can be made in it, and nobody wants it any more.
    static boolean isTerminating(KubernetesClientException exception) {
        return exception.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                && Optional.ofNullable(exception.getMessage()).orElse("").contains("is being terminated");
    }

    /// Takes a Job and its pod away.
    void delete(String namespace, String job) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(job)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
    }

    /// Announces something about a resource. Never a reason to fail: an event is a courtesy.
    void announce(SchemaMigration resource, Happening happening, Instant now) {
        try {
            create(Announcement.of(resource, happening, now));
        } catch (KubernetesClientException untold) {
            Log.LOOP.atDebug().addKeyValue("reason", happening.reason()).log("event not written");
        }
    }
}
