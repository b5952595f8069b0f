package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.Condition;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assertions;

/// A SchemaMigration as a person sees it: applied by its YAML, watched by its status.
public record Migration(Namespace namespace, String name) {
    static final String NO_BACKUP = "backup: {when: Never}";
    private static final String REPORTS =
            "{range .items[*]}{.metadata.name}{\" \"}{.status.containerStatuses[*].state.terminated.message}{\"\\n\"}{end}";
    static final Duration SETTLED_MAX = Duration.ofSeconds(90);

    /// Applies one of the database's name beside it, or applies it again with other scripts.
    ///
    /// @param scripts file name to text
    /// @param more further lines of the spec
    static Migration apply(PodDatabase database, Map<String, String> scripts, String... more) {
        return apply(database.server().namespace(), database.name(), database.member(), inline(scripts), more);
    }

    /// These scripts, as a line of a spec.
    static String inline(Map<String, String> scripts) {
        return "migrations: {inline: " + Serialization.asJson(scripts) + "}";
    }

    /// @param database a line of the spec
    /// @param migrations a line of the spec
    static Migration apply(Namespace namespace, String name, String database, String migrations, String... more) {
        namespace.apply("""
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: %s}
                spec:
                  %s
                  %s
                  %s
                """.formatted(name, database, migrations, String.join("\n  ", more)));
        return new Migration(namespace, name);
    }

    SchemaMigration read() {
        return resource().require();
    }

    Status status() {
        return read().getStatus();
    }

    /// Waits until the operator has answered the newest spec with Ready=True.
    Migration awaitReady() {
        return await("Ready=True", it -> is(it, "Ready", "True"), SETTLED_MAX);
    }

    /// Waits until the operator has answered the newest spec with this reason for not being ready.
    Condition awaitTrouble(String reason) {
        await(
                reason,
                it -> is(it, "Ready", "False")
                        && condition(it, "Ready")
                                .filter(ready -> ready.reason().equals(reason))
                                .isPresent(),
                SETTLED_MAX);
        return condition("Ready");
    }

    /// Fails with all that is known about it when the time is over.
    Migration await(String what, Predicate<SchemaMigration> there, Duration most) {
        try {
            resource()
                    .waitUntilCondition(
                            it -> it != null && it.getStatus() != null && there.test(it),
                            most.toMillis(),
                            TimeUnit.MILLISECONDS);
            return this;
        } catch (KubernetesClientTimeoutException late) {
            return Assertions.fail("no %s of %s in %s:\n%s".formatted(what, name, most, story()));
        }
    }

    Condition condition(String type) {
        return condition(read(), type).orElseThrow(() -> new AssertionError("no condition " + type + ":\n" + story()));
    }

    private static Optional<Condition> condition(SchemaMigration resource, String type) {
        return Optional.ofNullable(resource.getStatus().conditions()).orElse(List.of()).stream()
                .filter(it -> it.type().equals(type))
                .findFirst();
    }

    static boolean is(SchemaMigration resource, String type, String status) {
        return condition(resource, type)
                .filter(it -> it.status().equals(status))
                .filter(it ->
                        it.observedGeneration().equals(resource.getMetadata().getGeneration()))
                .isPresent();
    }

    /// What an approval of the steps that wait has to name.
    String hash() {
        return Optional.ofNullable(status().plan()).map(Status.Plan::hash).orElse("");
    }

    /// A person agrees to the steps that wait.
    ///
    /// @param name of the approval; not used before in this namespace
    void approve(String name) {
        approve(name, hash());
    }

    private void approve(String approval, String plan) {
        namespace.apply("""
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigrationApproval
                metadata: {name: %s}
                spec: {migration: %s, plan: "%s"}
                """.formatted(approval, name, plan));
    }

    /// One person asks for a change of what is there, and another agrees.
    void amend(String words) {
        namespace.kubectl("annotate", "--overwrite", "sm/" + name, "lockstep.dev/amend=" + words);
        await("a plan", it -> asked(it).filter(words::equals).isPresent(), SETTLED_MAX);
        approve(
                "amend-" + name,
                Optional.ofNullable(status().amendment())
                        .map(Status.Amendment::plan)
                        .orElse(""));
    }

    private static Optional<String> asked(SchemaMigration resource) {
        return Optional.ofNullable(resource.getStatus().amendment()).map(Status.Amendment::words);
    }

    /// The names of its Jobs that are still there, which is all of the last hour.
    List<String> runs() {
        return jobs().stream().map(it -> it.getMetadata().getName()).toList();
    }

    /// What those of its runs have said at their end whose pods are still there.
    List<String> reports() {
        return namespace
                .kubectl("get", "pods", "-o", "jsonpath=" + REPORTS)
                .lines()
                .toList();
    }

    /// As many, and else all that is known about each.
    void assertRuns(int count) {
        assertThat(runs()).as(this::story).hasSize(count);
    }

    List<Job> jobs() {
        return client().batch()
                .v1()
                .jobs()
                .inNamespace(namespace.name())
                .withLabel("lockstep.dev/migration", name)
                .list()
                .getItems();
    }

    /// The pods of its Jobs.
    List<Pod> pods() {
        return client().pods()
                .inNamespace(namespace.name())
                .withLabel("lockstep.dev/migration", name)
                .list()
                .getItems();
    }

    /// Messages of the events about it with this reason.
    List<String> events(String reason) {
        return events().stream()
                .filter(it -> it.getReason().equals(reason))
                .map(Event::getMessage)
                .toList();
    }

    /// All events about it.
    List<Event> events() {
        return client().v1()
                .events()
                .inNamespace(namespace.name())
                .withField("involvedObject.name", name)
                .list()
                .getItems();
    }

    /// What it tells the application, in a ConfigMap.
    Map<String, String> map() {
        return client().configMaps()
                .inNamespace(namespace.name())
                .withName(name + "-schema")
                .require()
                .getData();
    }

    private Resource<SchemaMigration> resource() {
        return client().resources(SchemaMigration.class)
                .inNamespace(namespace.name())
                .withName(name);
    }

    private KubernetesClient client() {
        return namespace.client();
    }

    /// What its runs have said comes first: a long story is cut at its end.
    private String story() {
        var resource = read();
        resource.getMetadata().setManagedFields(List.of());
        return String.join("\n", reports())
                + "\n"
                + namespace.kubectl("get", "jobs,pods,events")
                + Serialization.asYaml(resource);
    }
}
