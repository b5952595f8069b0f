package dev.lockstep.metrics;

import dev.lockstep.observed.Standing;
import dev.lockstep.resource.Condition;
import dev.lockstep.resource.Status.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a resource waits for, and since when. The conditions tell the time.
record Wait(For what, Instant since) {
    /// Put off by the spec itself: nobody waits in vain.
    private static final Set<String> PUT_OFF = Set.of("Suspended", "WindowClosed");

    /// Ready: what the spec asks for is not there yet, and pods that need it stay behind the gate. Pods: contract steps
    /// wait until old pods are gone. Approval: a person's word. Backup: one that somebody else takes.
    enum For {
        Ready,
        Pods,
        Approval,
        Backup
    }

    static Optional<Wait> of(Standing it) {
        return approval(it).or(() -> backup(it)).or(() -> pods(it)).or(() -> ready(it));
    }

    private static Optional<Wait> approval(Standing it) {
        return it.since("Approved", "False").map(since -> new Wait(For.Approval, since));
    }

    /// BackupReady is False from the first day on where none was ever taken, so Ready's own time is nearer.
    private static Optional<Wait> backup(Standing it) {
        return it.condition("BackupReady")
                .filter(condition -> condition.reason().equals("BackupNeeded"))
                .flatMap(condition -> it.since("Ready", "False").or(() -> it.since("BackupReady", "False")))
                .map(since -> new Wait(For.Backup, since));
    }

    /// Where a person had to be asked first, pods are waited for since the answer.
    private static Optional<Wait> pods(Standing it) {
        if (!it.stage().equals(Optional.of(Stage.AwaitingPods))) return Optional.empty();
        return Stream.of(it.since("Contracted", "False"), it.since("Approved", "True"))
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .map(since -> new Wait(For.Pods, since));
    }

    /// An answer that changes from Unknown to False on the way makes no new beginning.
    private static Optional<Wait> ready(Standing it) {
        var ready = it.condition("Ready");
        if (ready.isEmpty()) return Optional.of(new Wait(For.Ready, it.createdAt()));
        if (ready.filter(Wait::isOpen).isEmpty()) return Optional.empty();
        return Stream.of(it.since("Ready", ready.get().status()), it.since("Reconciling", "True"))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .map(since -> new Wait(For.Ready, since));
    }

    private static boolean isOpen(Condition ready) {
        return !ready.status().equals("True") && !PUT_OFF.contains(ready.reason());
    }

    /// Never negative: the API server's clock may be ahead of ours.
    double seconds(Instant now) {
        return seconds(since, now);
    }

    static double seconds(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toSeconds());
    }
}
