package dev.lockstep.metrics;

import dev.lockstep.observed.Standing;
import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Resources as the watch's cache has them, in every state that the metrics tell apart.
interface Resources {
    String BACKUP = "backup: {name: a.dump, at: \"2026-01-01T00:00:00Z\"}";
    String BATCH = "run: {job: a, progress: {step: 1, steps: 1, rows: 500, rowsPerSecond: 50, etaSeconds: 90000}}";

    static SchemaMigration unanswered(String name) {
        return resource(name, "null");
    }

    private static SchemaMigration resource(String name, String status) {
        return Serialization.unmarshal("""
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: %s, namespace: shop, creationTimestamp: "2026-01-01T00:00:00Z"}
                status: %s
                """.formatted(name, status), SchemaMigration.class);
    }

    static SchemaMigration settled(String name) {
        return answered(
                name,
                "Settled",
                BACKUP,
                "Ready True Settled 1",
                "Reconciling False Settled 1",
                "Stalled False Settled 1");
    }

    /// @param more fields of the status, each with a comma between
    /// @param conditions type, status, reason, and the minute since which it is so
    static SchemaMigration answered(String name, String stage, String more, String... conditions) {
        var answers = Arrays.stream(conditions).map(Resources::condition).collect(Collectors.joining(","));
        return resource(name, "{stage: %s, %s, conditions: [%s]}".formatted(stage, more, answers));
    }

    static Standing standing(String stage, String... conditions) {
        return Standing.of(answered("orders", stage, "pending: 1", conditions));
    }

    private static String condition(String text) {
        var words = text.split(" ", -1);
        return ("{type: %s, status: \"%s\", reason: %s, message: m, observedGeneration: 1,"
                        + " lastTransitionTime: \"2026-01-01T00:%02d:00Z\"}")
                .formatted(words[0], words[1], words[2], Integer.parseInt(words[3]));
    }

    static Stream<SchemaMigration> all() {
        return Stream.concat(
                Stream.concat(waiting(), atWork()),
                Stream.of(
                        unanswered("new"),
                        settled("orders"),
                        answered(
                                "broken",
                                "Failed",
                                "pending: 2",
                                "Ready False StatementFailed 1",
                                "Stalled True StatementFailed 1"),
                        answered("drifted", "Settled", BACKUP, "Ready True Settled 1", "Drifted True Drifted 5")));
    }

    private static Stream<SchemaMigration> atWork() {
        return Stream.of(
                answered("walking", "Migrating", BATCH, "Ready Unknown Running 40", "Reconciling True Running 40"),
                answered("stuck", "Planning", "pending: 1", "Ready False CrashLoopBackOff 50"));
    }

    private static Stream<SchemaMigration> waiting() {
        return Stream.of(
                answered(
                        "held",
                        "AwaitingPods",
                        "pending: 1",
                        "Ready True WaitingForPods 1",
                        "Contracted False WaitingForPods 10"),
                answered(
                        "asked",
                        "AwaitingApproval",
                        "pending: 1",
                        "Ready False ApprovalNeeded 1",
                        "Approved False ApprovalNeeded 20"),
                answered(
                        "unsaved",
                        "Planning",
                        "pending: 1",
                        "Ready False BackupNeeded 30",
                        "BackupReady False BackupNeeded 1"));
    }
}
