package dev.lockstep.plugin;

import dev.lockstep.observed.Run;
import dev.lockstep.plugin.Problem.Kind;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.SchemaMigrationApproval;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.kubernetes.client.utils.Utils;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The API server, asked as the person. Its refusals come out as [Refused].
///
/// @param namespace in which names are looked up
record Api(KubernetesClient client, String namespace) implements AutoCloseable {

    static Api at(Config config, String namespace) {
        return new Api(new KubernetesClientBuilder().withConfig(config).build(), namespace);
    }

    /// A question to the API server.
    interface Question<T> {
        T ask() throws Refused;
    }

    /// Asks, and says in a person's words what came in the way.
    <T> T ask(Question<T> question) throws Refused {
        try {
            return question.ask();
        } catch (KubernetesClientTimeoutException late) {
            throw new Refused(Kind.NotNow, "", String.valueOf(late.getMessage()), "try again");
        } catch (KubernetesClientException refusal) {
            throw new Refused(Answers.of(refusal, server()));
        }
    }

    String server() {
        return client.getConfiguration().getMasterUrl();
    }

    /// The one of that name, which may be written as `sm/NAME` too.
    Standing read(String written) throws Refused {
        var name = written.substring(written.indexOf('/') + 1);
        var found = ask(() -> Optional.ofNullable(resource(name).get()));
        if (found.isPresent()) return new Standing(found.get());
        var there = ask(() -> list(false)).stream().map(Standing::name).sorted().toList();
        throw new Refused(
                Kind.NotFound,
                "schemamigration/" + name,
                "is not in namespace " + namespace,
                there.isEmpty()
                        ? "there is none; name another by --namespace, or look everywhere: kubectl lockstep status -A"
                        : "there are: " + String.join(", ", there));
    }

    List<Standing> list(boolean everywhere) {
        var all = client.resources(SchemaMigration.class);
        var found = everywhere
                ? all.inAnyNamespace().list()
                : all.inNamespace(namespace).list();
        return found.getItems().stream().map(Standing::new).toList();
    }

    Resource<SchemaMigration> resource(String name) {
        return client.resources(SchemaMigration.class).inNamespace(namespace).withName(name);
    }

    /// Writes an annotation, whatever it was before.
    void annotate(Standing standing, String annotation, String value) throws Refused {
        patch(standing, Map.of("metadata", Map.of("annotations", Map.of(annotation, value))));
    }

    /// Merges something into the resource; what it does not name stays.
    void patch(Standing standing, Map<String, ?> change) throws Refused {
        var json = Serialization.asJson(change);
        ask(() -> resource(standing.name()).patch(PatchContext.of(PatchType.JSON_MERGE), json));
    }

    /// Waits until a resource is so.
    ///
    /// @return absent when it has not become so in time
    Optional<Standing> await(Standing standing, Predicate<Standing> there, Duration most) throws Refused {
        return ask(() -> {
            try {
                return Optional.ofNullable(resource(standing.name())
                                .waitUntilCondition(
                                        it -> it != null && there.test(new Standing(it)),
                                        most.toMillis(),
                                        TimeUnit.MILLISECONDS))
                        .map(Standing::new);
            } catch (KubernetesClientTimeoutException late) {
                return Optional.empty();
            }
        });
    }

    /// Creates an approval.
    ///
    /// @return false where one of that name is there already
    boolean approve(SchemaMigrationApproval approval) throws Refused {
        return ask(() -> {
            try {
                client.resource(approval).create();
                return true;
            } catch (KubernetesClientException conflict) {
                if (conflict.getCode() != HttpURLConnection.HTTP_CONFLICT) throw conflict;
                return false;
            }
        });
    }

    /// The Jobs of a resource, the newest first.
    List<Job> jobs(Standing standing) {
        return client
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel(Run.MIGRATION, standing.name())
                .list()
                .getItems()
                .stream()
                .sorted(Comparator.comparingInt(Api::number).reversed())
                .toList();
    }

    private static int number(Job job) {
        var annotations =
                Optional.ofNullable(job.getMetadata().getAnnotations()).orElse(Map.of());
        var number = annotations.getOrDefault(Run.NUMBER, "");
        return number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
    }

    /// The pods of a resource's runs.
    List<Pod> pods(Standing standing) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel(Run.MIGRATION, standing.name())
                .list()
                .getItems();
    }

    /// Waits until the pods of a resource's runs are so.
    ///
    /// @return the pods, whether they have become so in time or not
    List<Pod> awaitPods(Standing standing, Predicate<List<Pod>> there, Duration most) {
        var becoming = client.pods()
                .inNamespace(namespace)
                .withLabel(Run.MIGRATION, standing.name())
                .informOnCondition(there);
        try {
            Utils.waitUntilReady(becoming, most.toMillis(), TimeUnit.MILLISECONDS);
            return pods(standing);
        } finally {
            becoming.cancel(true);
        }
    }

    /// Pods of Lockstep's operators, wherever one is; for those who may list the pods of all namespaces.
    List<Pod> operators() {
        return client.pods()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/name", Run.LOCKSTEP)
                .withLabel("app.kubernetes.io/component", "operator")
                .list()
                .getItems();
    }

    @Override
    public void close() {
        client.close();
    }
}
