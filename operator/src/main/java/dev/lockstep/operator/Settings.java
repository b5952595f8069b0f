package dev.lockstep.operator;

import dev.lockstep.job.RunnerImage;
import dev.lockstep.observed.Floor;
import dev.lockstep.resource.Spec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the environment says. Read once.
///
/// @param runner `LOCKSTEP_RUNNER_IMAGE`, `LOCKSTEP_RUNNER_PULL_POLICY`
/// @param namespaces `LOCKSTEP_WATCH_NAMESPACES`, comma-separated; empty for all
/// @param election empty where `LOCKSTEP_LEADER_ELECTION` is `false`
/// @param probePort `LOCKSTEP_PROBE_PORT`
/// @param floor `LOCKSTEP_POLICY_APPROVAL`, `LOCKSTEP_POLICY_CONTRACT`, `LOCKSTEP_POLICY_SERVICE_ACCOUNTS`,
/// comma-separated
/// @param readsLogs false where `LOCKSTEP_READ_LOGS` is `false`
/// @param perResource whether each resource has metrics of its own; not where `LOCKSTEP_METRICS_PER_RESOURCE` is
/// `false`
record Settings(
        RunnerImage runner,
        Set<String> namespaces,
        Optional<Election> election,
        int probePort,
        Floor floor,
        boolean readsLogs,
        boolean perResource) {
    private static final String PREFIX = "LOCKSTEP_";

    /// @param namespace `LOCKSTEP_NAMESPACE`: where the lease lies, the operator's own
    /// @param lease `LOCKSTEP_LEASE`
    /// @param identity `LOCKSTEP_IDENTITY`: the pod's name
    record Election(String namespace, String lease, String identity) {}

    /// @param fallbackIdentity for an operator that does not run in a pod
    static Settings of(Map<String, String> environment, String fallbackIdentity) {
        return new Settings(
                new RunnerImage(
                        word(environment, "RUNNER_IMAGE", "docker.io/lockstep/runner:latest"),
                        word(environment, "RUNNER_PULL_POLICY", "IfNotPresent")),
                words(word(environment, "WATCH_NAMESPACES", "")),
                election(environment, fallbackIdentity),
                Integer.parseInt(word(environment, "PROBE_PORT", "8080")),
                floor(environment),
                !word(environment, "READ_LOGS", "true").equals("false"),
                !word(environment, "METRICS_PER_RESOURCE", "true").equals("false"));
    }

    /// A word that is none ends the operator at its start: a floor that is not understood must not pass for none.
    private static Floor floor(Map<String, String> environment) {
        return new Floor(
                Spec.Approval.valueOf(word(
                        environment, "POLICY_APPROVAL", Floor.NONE.approval().name())),
                Spec.Contract.Gate.valueOf(word(
                        environment, "POLICY_CONTRACT", Floor.NONE.contract().name())),
                words(word(environment, "POLICY_SERVICE_ACCOUNTS", "")));
    }

    private static Optional<Election> election(Map<String, String> environment, String fallbackIdentity) {
        if (word(environment, "LEADER_ELECTION", "true").equals("false")) return Optional.empty();
        return Optional.of(new Election(
                word(environment, "NAMESPACE", "default"),
                word(environment, "LEASE", "lockstep"),
                word(environment, "IDENTITY", fallbackIdentity)));
    }

    private static Set<String> words(String list) {
        return Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String word(Map<String, String> environment, String name, String otherwise) {
        var value = environment.getOrDefault(PREFIX + name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }
}
