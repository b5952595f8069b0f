package dev.lockstep.cluster;

import dev.lockstep.handover.Places;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Does what Kubernetes' controllers and kubelets do for Jobs of runs, without any container: each Job has, a moment
/// after it was made, a pod that has ended and says that all went well. Needs Kubernetes 1.32, from which on a Job may
/// say that somebody else manages it.
final class StubRuns implements AutoCloseable {
    private static final Injector.Change MANAGED = new Injector.Change(
            "batch", "jobs", "[{\"op\": \"add\", \"path\": \"/spec/managedBy\", \"value\": \"lockstep.dev/stub\"}]");

    private static final String REPORT = """
            {"v":1,"outcome":"Done","revision":"2","target":"2","held":[],"counts":{"pending":0,"applied":2,"held":0},
             "applied":[{"revision":"1","description":"a","phase":"expand","direction":"up","millis":7,"lockAttempts":1,
             "at":"2026-01-01T00:00:00Z"},{"revision":"2","description":"b","phase":"expand","direction":"up","millis":7,
             "lockAttempts":1,"at":"2026-01-01T00:00:01Z"}],"blockers":[],
             "backup":{"name":"shop.public.dump","bytes":5,"sha256":"ab","at":"2026-01-01T00:00:00Z","revision":""}}""";

    private final Namespace namespace;
    private final Injector injector;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final SharedIndexInformer<Job> jobs;

    private StubRuns(Namespace namespace, Injector injector) {
        this.namespace = namespace;
        this.injector = injector;
        this.jobs = namespace
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace.name())
                .inform(new Made());
    }

    /// @param folder for a key
    static StubRuns in(Namespace namespace, Path folder) throws IOException {
        return new StubRuns(namespace, Injector.into(namespace, MANAGED, folder));
    }

    private final class Made implements ResourceEventHandler<Job> {
        @Override
        public void onAdd(Job job) {
            threads.execute(() -> run(job));
        }

        @Override
        public void onUpdate(Job before, Job after) {}

        @Override
        public void onDelete(Job job, boolean unknown) {}
    }

    private void run(Job job) {
        try {
            var pod = namespace.client().resource(pod(job)).create();
            pod.setStatus(new PodStatusBuilder()
                    .withPhase("Succeeded")
                    .withStartTime(job.getMetadata().getCreationTimestamp())
                    .withContainerStatuses(new ContainerStatusBuilder()
                            .withName(Places.CONTAINER)
                            .withImage("stub")
                            .withImageID("stub")
                            .withReady(false)
                            .withRestartCount(0)
                            .withNewState()
                            .withNewTerminated()
                            .withExitCode(0)
                            .withReason("Completed")
                            .withStartedAt(job.getMetadata().getCreationTimestamp())
                            .withFinishedAt(Instant.now()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString())
                            .withMessage(REPORT)
                            .endTerminated()
                            .endState()
                            .build())
                    .build());
            namespace.client().resource(pod).updateStatus();
        } catch (KubernetesClientException e) {
            System.out.println("StubRuns: " + job.getMetadata().getName() + ": " + e.getMessage());
        }
    }

    /// No scheduler takes it, for it has a gate.
    private static Pod pod(Job job) {
        var template = job.getSpec().getTemplate();
        return new PodBuilder()
                .withNewMetadata()
                .withName(job.getMetadata().getName() + "-stub")
                .withNamespace(job.getMetadata().getNamespace())
                .withLabels(template.getMetadata().getLabels())
                .withAnnotations(template.getMetadata().getAnnotations())
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("batch/v1")
                        .withKind("Job")
                        .withName(job.getMetadata().getName())
                        .withUid(job.getMetadata().getUid())
                        .withController(true)
                        .build())
                .endMetadata()
                .withSpec(new PodSpecBuilder(template.getSpec())
                        .addNewSchedulingGate("lockstep.dev/stub")
                        .build())
                .build();
    }

    @Override
    public void close() {
        jobs.close();
        threads.shutdownNow();
        injector.close();
    }
}
