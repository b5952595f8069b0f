package dev.lockstep.reconcile;

import dev.lockstep.decision.Decision;
import dev.lockstep.handover.Order;
import dev.lockstep.job.RunnerImage;
import dev.lockstep.job.RunnerJob;
import dev.lockstep.job.SchemaMap;
import dev.lockstep.job.ScriptsMap;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.observed.Doubt;
import dev.lockstep.observed.Floor;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Scripts;
import dev.lockstep.observed.Seen;
import dev.lockstep.observed.Words;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.SchemaMigrationApproval;
import dev.lockstep.status.Happening;
import dev.lockstep.status.Telling;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// One look at one resource.
public final class Loop implements Reconciler<SchemaMigration> {
    /// So many objects come in one answer of a list: ten thousand at once do not fit beside what is kept of them.
    public static final long PAGE = 500;

    private final RunnerImage image;
    private final Floor floor;
    private final boolean readsLogs;
    private final Clock clock;
    private final Metrics metrics;

    /// @param image what runs are started from
    /// @param floor how lax a resource may be
    /// @param readsLogs whether it may be asked how far a run is
    /// @param metrics where runs and writes are counted
    public Loop(RunnerImage image, Floor floor, boolean readsLogs, Clock clock, Metrics metrics) {
        this.image = image;
        this.floor = floor;
        this.readsLogs = readsLogs;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Is there anything in it that we did not write ourselves? Else every status would be looked at again.
    public static boolean isNews(SchemaMigration newer, SchemaMigration older) {
        return !newer.getMetadata().getGeneration().equals(older.getMetadata().getGeneration())
                || !Words.of(newer.getMetadata()).equals(Words.of(older.getMetadata()));
    }

    @Override
    public List<EventSource<?, SchemaMigration>> prepareEventSources(EventSourceContext<SchemaMigration> context) {
        metrics.watch(context.getPrimaryCache()::list);
        return Watches.of(context);
    }

    @Override
    public UpdateControl<SchemaMigration> reconcile(SchemaMigration resource, Context<SchemaMigration> context) {
        if (resource.isMarkedForDeletion()) return UpdateControl.noUpdate();
        try {
            return look(resource, context);
        } catch (KubernetesClientException exception) {
            if (Cluster.isTerminating(exception)) return UpdateControl.noUpdate();
            throw exception;
        }
    }

    private UpdateControl<SchemaMigration> look(SchemaMigration resource, Context<SchemaMigration> context) {
        var cluster = new Cluster(context.getClient());
        var files = Scripts.configMap(resource)
                .flatMap(name -> cluster.configMap(resource.getMetadata().getNamespace(), name));
        var observed = observe(resource, files, context, cluster);
        metrics.seen(observed);
        var decision = Decision.of(observed);
        var refused = act(decision, observed, cluster);
        refused.ifPresent(it -> metrics.refused());
        var telling = Telling.of(decision, observed, refused);
        var control = telling.map(it -> tell(it, resource, observed, cluster)).orElseGet(UpdateControl::noUpdate);
        Pace.of(decision, observed, Scripts.isPolled(resource, files)).ifPresent(control::rescheduleAfter);
        return control;
    }

    private Observed observe(
            SchemaMigration resource, Optional<ConfigMap> files, Context<SchemaMigration> context, Cluster cluster) {
        var namespace = resource.getMetadata().getNamespace();
        var jobs = context.getSecondaryResources(Job.class);
        var pods = context.getSecondaryResources(Pod.class);
        boolean doubtful = Doubt.of(resource, jobs, pods);
        return Observed.of(new Seen(
                resource,
                files,
                doubtful ? cluster.jobs(resource) : jobs,
                doubtful ? cluster.pods(resource) : pods,
                context.getSecondaryResources(SchemaMigrationApproval.class),
                selector -> cluster.workloads(namespace, selector),
                cluster::about,
                pod -> readsLogs ? cluster.log(pod) : List.of(),
                image.reference(),
                floor,
                clock.instant()));
    }

    /// @return why the API server would not have it
    private Optional<String> act(Decision decision, Observed observed, Cluster cluster) {
        var identity = observed.identity();
        return switch (decision) {
            case Decision.Start start -> {
                var nodes = cluster.nodesUsing(identity.namespace(), claim(start));
                var job = RunnerJob.of(identity, start, image, nodes);
                log(observed, decision, job.getMetadata().getName());
                var scripts = ScriptsMap.of(identity, start.wish());
                yield cluster.start(scripts, job, () -> metrics.started(start.fingerprint()));
            }
            case Decision.Replace(var stuck) -> {
                log(observed, decision, stuck.job());
                cluster.delete(identity.namespace(), stuck.job());
                yield Optional.empty();
            }
            case Decision.Wait wait -> Optional.empty();
            case Decision.Retry retry -> Optional.empty();
            case Decision.Rest rest -> Optional.empty();
            case Decision.Await await -> Optional.empty();
            case Decision.Ask ask -> Optional.empty();
            case Decision.Hold() -> Optional.empty();
            case Decision.Closed closed -> Optional.empty();
        };
    }

    private static Optional<String> claim(Decision.Start start) {
        return start.wish().order().database().sqlite().map(Order.Sqlite::claimName);
    }

    private static void log(Observed observed, Decision decision, String job) {
        Log.LOOP
                .atInfo()
                .addKeyValue("resource", observed.identity().path())
                .addKeyValue("job", job)
                .log(decision.getClass().getSimpleName());
    }

    /// Nothing is written when nothing has changed, so a restart costs the API server no write.
    private UpdateControl<SchemaMigration> tell(
            Telling telling, SchemaMigration resource, Observed observed, Cluster cluster) {
        if (telling.status().equals(resource.getStatus())) return UpdateControl.noUpdate();
        telling.happenings().forEach(it -> cluster.announce(resource, it, observed.now()));
        metrics.told();
        if (SchemaMap.differs(telling.status(), resource.getStatus())) {
            cluster.publish(SchemaMap.of(observed.identity(), telling.status()))
                    .ifPresent(it -> cluster.announce(resource, unpublished(it), observed.now()));
        }
        Log.LOOP
                .atInfo()
                .addKeyValue("resource", observed.identity().path())
                .addKeyValue("stage", telling.status().stage())
                .log("told");
        return UpdateControl.patchStatus(withOnly(telling, resource));
    }

    private static Happening unpublished(String reason) {
        return new Happening("unpublished-" + reason, "SchemaMapNotWritten", reason, true);
    }

    /// Server-side apply owns what it sends, so only the status goes. With the version that it was judged by: a leader
    /// that stood still, and leads no more, would write what was true before over what its successor has told.
    private static SchemaMigration withOnly(Telling telling, SchemaMigration resource) {
        var fresh = new SchemaMigration();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .withResourceVersion(resource.getMetadata().getResourceVersion())
                .build());
        fresh.setStatus(telling.status());
        return fresh;
    }
}
