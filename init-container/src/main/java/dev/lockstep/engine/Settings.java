package dev.lockstep.engine;

import dev.lockstep.backup.Terms;
import dev.lockstep.plan.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What one run is told.
///
/// @param run its name; the server shows its session as `lockstep/<run>`
/// @param lockTimeout of one attempt; an application's worst stall equals it
/// @param lockBudget all attempts of one script together, and the wait for another runner
/// @param backups where to save first; absent: never
/// @param owner for whom; absent: for a person, to whom every database is open
public record Settings(
        String run,
        Goal goal,
        Policy policy,
        Duration lockTimeout,
        Duration lockBudget,
        Bounds bounds,
        Optional<Saving> backups,
        Optional<Owner> owner) {

    /// What a run does not put up with.
    ///
    /// @param replicaLag a batch waits for a replica that is further behind
    /// @param transactionAge no `CONCURRENTLY` is begun beside a transaction that is older
    /// @param batchRows at most so many at once where a batch's header does not say; absent: as many as take less
    /// than a tenth of a second
    /// @param batchPause between two ranges where its header does not say
    public record Bounds(
            Duration replicaLag, Duration transactionAge, Optional<Integer> batchRows, Duration batchPause) {
        public static final Bounds USUAL =
                new Bounds(Duration.ofSeconds(10), Duration.ofMinutes(10), Optional.empty(), Duration.ZERO);
    }

    /// The same to another end.
    public Settings towards(Goal other) {
        return new Settings(run, other, policy, lockTimeout, lockBudget, bounds, backups, owner);
    }

    /// The same with backups elsewhere, or others of them.
    public Settings saving(Saving other) {
        return new Settings(run, goal, policy, lockTimeout, lockBudget, bounds, Optional.of(other), owner);
    }

    /// @param keep backups of this database that stay, at least 1
    /// @param tools folder of pg_dump; absent: the newest found
    public record Saving(Path folder, int keep, Optional<Path> tools, Terms terms) {}

    /// A resource that a database belongs to: two of them would undo each other's work.
    ///
    /// @param name `namespace/name`
    /// @param takesOver the database becomes this resource's, whose ever it was
    public record Owner(String name, boolean takesOver) {}
}
