package dev.lockstep.plugin;

import dev.lockstep.handover.Places;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the parts of a report, each by itself: what may not be read is missing, and the rest is there.
///
/// @param redaction that all texts go through
record Gathering(Api api, Standing standing, Redaction redaction) {
    /// More of it says the same again.
    private static final int LOG_BYTES_MAX = 1 << 20;

    private static final int LINES_MAX = 20_000;

    void into(Bundle bundle) {
        bundle.add("versions.txt", this::versions);
        bundle.add("resource.yaml", () -> redaction.yaml(standing.resource()));
        bundle.add("jobs.yaml", () -> all(() -> api.jobs(standing)));
        bundle.add("pods.yaml", () -> all(() -> api.pods(standing)));
        bundle.add("events.txt", this::events);
        bundle.add("schema.yaml", this::schema);
        runs(bundle);
        operators(bundle);
    }

    private String versions() throws Refused {
        var server = api.ask(() -> api.client().getKubernetesVersion());
        return "kubectl lockstep " + Cli.Release.text() + "\nKubernetes " + server.getGitVersion() + "\n";
    }

    private String all(Api.Question<List<? extends HasMetadata>> objects) throws Refused {
        return api.ask(objects).stream().map(redaction::yaml).collect(Collectors.joining());
    }

    /// Of the resource, of its Jobs and of their pods, all of whose names begin with a Job's.
    private String events() throws Refused {
        var name = standing.name();
        var jobs = api.ask(() -> api.jobs(standing)).stream()
                .map(it -> it.getMetadata().getName())
                .toList();
        return api
                .ask(() -> api.client()
                        .v1()
                        .events()
                        .inNamespace(api.namespace())
                        .list()
                        .getItems())
                .stream()
                .filter(it -> concerns(it.getInvolvedObject().getName(), name, jobs))
                .sorted(Comparator.comparing(it -> Standing.text(it.getLastTimestamp())))
                .map(it -> redaction.text(line(it)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean concerns(String object, String name, List<String> jobs) {
        return object.equals(name) || jobs.stream().anyMatch(object::startsWith);
    }

    private static String line(Event it) {
        var object = it.getInvolvedObject();
        return Plain.of(Standing.text(it.getLastTimestamp()) + " " + it.getType() + " " + it.getReason() + " "
                + object.getKind() + "/" + object.getName() + ": " + Standing.text(it.getMessage()));
    }

    private String schema() throws Refused {
        var name = standing.name() + "-schema";
        var map = api.ask(() -> Optional.ofNullable(api.client()
                .configMaps()
                .inNamespace(api.namespace())
                .withName(name)
                .get()));
        return redaction.yaml(map.orElseThrow(() ->
                new Refused(Problem.Kind.NotFound, "configmap/" + name, "is not there", "nothing has been told yet")));
    }

    private void runs(Bundle bundle) {
        try {
            for (var pod : api.ask(() -> api.pods(standing))) {
                bundle.add("runs/" + file(pod), () -> redaction.text(LogRedaction.of(log(pod, Places.CONTAINER))));
            }
        } catch (Refused refused) {
            bundle.lacks("runs", refused.problem());
        }
    }

    private void operators(Bundle bundle) {
        try {
            var pods = api.ask(api::operators);
            if (pods.isEmpty()) bundle.lacks("operator", "no pod of it is there");
            for (var pod : pods) {
                bundle.add("operator/image-of-" + file(pod), () -> images(pod));
                var container = pod.getSpec().getContainers().getFirst().getName();
                bundle.add("operator/" + file(pod), () -> redaction.text(concerning(log(pod, container))));
            }
        } catch (Refused refused) {
            bundle.lacks("operator", refused.problem());
        }
    }

    private static String images(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .map(Container::getImage)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /// A name that tar takes, whatever the pod's.
    private static String file(Pod pod) {
        var name = pod.getMetadata().getName();
        return name.substring(Math.max(0, name.length() - 40)) + ".txt";
    }

    private String concerning(String log) {
        Predicate<String> ours = line -> line.contains("\"" + standing.path() + "\"");
        Predicate<String> odd = line -> line.contains("\"level\":\"WARN\"") || line.contains("\"level\":\"ERROR\"");
        return Stream.of(log.split("\n")).filter(ours.or(odd)).collect(Collectors.joining("\n", "", "\n"));
    }

    private String log(Pod pod, String container) throws Refused {
        var metadata = pod.getMetadata();
        return api.ask(() -> api.client()
                .pods()
                .inNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .inContainer(container)
                .limitBytes(LOG_BYTES_MAX)
                .tailingLines(LINES_MAX)
                .getLog());
    }
}
