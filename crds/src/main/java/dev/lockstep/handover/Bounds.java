package dev.lockstep.handover;

import java.util.Optional;

/// What a run does not put up with. Each is optional by itself; what is absent is as where nobody says anything.
///
/// @param maxReplicaLagMillis a batch waits for a replica that is further behind
/// @param maxTransactionAgeMillis no `CONCURRENTLY` is begun beside a transaction that is older
/// @param batchRows at most so many at once where a batch's header does not say, at least 1
/// @param batchPauseMillis between two ranges of a batch where its header does not say
public record Bounds(
        Optional<Long> maxReplicaLagMillis,
        Optional<Long> maxTransactionAgeMillis,
        Optional<Integer> batchRows,
        Optional<Long> batchPauseMillis) {
    public static final Bounds NONE =
            new Bounds(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
