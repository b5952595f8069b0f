package dev.lockstep.observed;

import dev.lockstep.resource.PodSelector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which code of the application is alive, or may come to life by itself.
///
/// @param unknown why that cannot be told
public record Rollout(List<Member> members, Optional<String> unknown) {
    /// The annotation's name ends in the resource's.
    public static final String REVISION = "revision.lockstep.dev/";

    static Rollout of(String migration, PodSelector selector, Workloads workloads) {
        return switch (workloads) {
            case Workloads.Refused(var reason) -> new Rollout(List.of(), Optional.of(reason));
            case Workloads.Listed(var objects) ->
                new Rollout(
                        objects.stream()
                                .flatMap(it -> member(migration, new Selector(selector), new Makers(objects), it))
                                .toList(),
                        Optional.empty());
        };
    }

    private static Stream<Member> member(String migration, Selector selector, Makers makers, HasMetadata object) {
        return makers
                .labelled(object)
                .filter(it -> selector.matches(Absent.or(it.getLabels(), Map.of())))
                .map(it -> new Member(
                        object.getKind().toLowerCase(Locale.ROOT) + " "
                                + object.getMetadata().getName(),
                        Makers.isSplit(object)
                                ? Optional.of("two revisions, by its partition")
                                : declared(migration, it)))
                .stream();
    }

    private static Optional<String> declared(String migration, ObjectMeta metadata) {
        return Optional.ofNullable(
                Absent.or(metadata.getAnnotations(), Map.<String, String>of()).get(REVISION + migration));
    }

    /// Who keeps the way up to this revision closed, one line each.
    public List<String> below(String revision) {
        if (unknown.isPresent()) return List.of(unlisted(unknown.get()));
        if (members.isEmpty()) return List.of("a pod or workload that podSelector matches: there is none");
        return members.stream()
                .filter(it -> it.isOlderThan(revision))
                .map(it -> it.what() + ": declares " + it.declares().orElse("no revision") + ", contract needs "
                        + revision)
                .toList();
    }

    /// Who keeps the way down closed.
    ///
    /// @param revision absent: below the first
    public List<String> above(Optional<String> revision) {
        if (unknown.isPresent()) return List.of(unlisted(unknown.get()));
        return members.stream()
                .filter(it -> it.isNewerThan(revision.orElse("0")))
                .map(it ->
                        it.what() + ": declares " + it.declares().orElse("") + ", more than " + revision.orElse("base"))
                .toList();
    }

    private static String unlisted(String reason) {
        return "the pods of podSelector, which the API server does not list: " + reason;
    }
}
