package dev.lockstep.plugin;

import dev.lockstep.handover.Places;
import dev.lockstep.plugin.Problem.Kind;
import dev.lockstep.resource.Status;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a run has said.
@Command(
        description = "The log of the newest run. It holds the database's own words, and so may quote rows: send"
                + " report's instead.")
final class LogsVerb implements Cli.Verb {
    private static final Duration START_MAX = Duration.ofMinutes(2);

    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on until the run has ended.")
    private boolean follows;

    @Option(names = "--job", paramLabel = "JOB", description = "Another Job of it than the newest run's.")
    private Optional<String> job = Optional.empty();

    LogsVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        try (var api = cli.api()) {
            var standing = api.read(name);
            var run = job.or(() -> standing.run().map(Status.Run::job)).orElseThrow(() -> neverRun(standing));
            var pod = pod(api, standing, run);
            var container = api.client()
                    .pods()
                    .inNamespace(api.namespace())
                    .withName(pod.getMetadata().getName());
            if (follows)
                api.ask(() ->
                        container.waitUntilCondition(LogsVerb::hasStarted, START_MAX.toSeconds(), TimeUnit.SECONDS));
            else if (!hasStarted(pod)) throw notStarted(standing, pod);
            api.ask(() -> copy(container.inContainer(Places.CONTAINER)));
            return 0;
        }
    }

    private static Refused neverRun(Standing standing) {
        return new Refused(
                Kind.NotFound,
                standing.path(),
                "has had no run yet",
                Invocation.text(standing, "status") + " tells what it waits for");
    }

    private static Refused notStarted(Standing standing, Pod pod) {
        return new Refused(
                Kind.NotNow,
                "pod " + pod.getMetadata().getName(),
                "has not started yet, and has said nothing",
                "follow it: " + Invocation.text(standing, "logs", "-f"));
    }

    /// A Job that has just been made has no pod yet, and may not get one for a while.
    private Pod pod(Api api, Standing standing, String run) throws Refused {
        var pods = api.ask(() -> follows && isAtWork(standing, run)
                ? api.awaitPods(standing, all -> newest(all, run).isPresent(), START_MAX)
                : api.pods(standing));
        return newest(pods, run).orElseThrow(() -> isAtWork(standing, run) ? notMade(standing, run) : gone(run));
    }

    private static Optional<Pod> newest(List<Pod> pods, String run) {
        return pods.stream()
                .filter(it -> run.equals(it.getMetadata().getLabels().get("batch.kubernetes.io/job-name")))
                .max(Comparator.comparing(it -> it.getMetadata().getCreationTimestamp()));
    }

    /// As far as the operator has heard.
    private static boolean isAtWork(Standing standing, String run) {
        return standing.run()
                .filter(it -> run.equals(it.job()) && it.result() == null)
                .isPresent();
    }

    private static Refused notMade(Standing standing, String run) {
        return new Refused(
                Kind.NotNow,
                "job/" + run,
                "has no pod",
                Invocation.text(standing, "status") + " tells what is in the way; kubectl describe job " + run + " -n "
                        + standing.namespace() + " tells more");
    }

    private static Refused gone(String run) {
        return new Refused(
                Kind.NotFound,
                "job/" + run,
                "its pod is not there any more: a Job is kept for a day, a further attempt for an hour",
                "ask where the cluster's logs are kept");
    }

    private static boolean hasStarted(Pod pod) {
        return Optional.ofNullable(pod)
                .map(Pod::getStatus)
                .map(PodStatus::getContainerStatuses)
                .orElse(List.of())
                .stream()
                .filter(it -> it.getName().equals(Places.CONTAINER))
                .map(ContainerStatus::getState)
                .anyMatch(LogsVerb::speaks);
    }

    private static boolean speaks(ContainerState state) {
        return state.getRunning() != null || state.getTerminated() != null;
    }

    private boolean copy(ContainerResource container) {
        if (!follows) return copy(container.getLogInputStream());
        try (var watch = container.watchLog()) {
            return copy(watch.getOutput());
        }
    }

    private boolean copy(InputStream log) {
        try (log) {
            log.transferTo(cli.world().out());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
