package dev.lockstep.handover;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What one run came to: JSON, at most [#BYTES_MAX] bytes, in the container's termination message. Its fields are
/// in
/// the
/// order of their worth: the runner itself shortens the lists at the end until it fits.
///
/// @param v version of this format, [Order#VERSION]
/// @param outcome how it ended
/// @param failure why, unless the outcome is [Outcome#Done] or [Outcome#Ahead]
/// @param revision newest applied version now; empty on an empty history
/// @param floor pods that declare less are kept out
/// @param target the version that the Order's target stands for, once the scripts could be read
/// @param plan `sha256:…` over the steps that a person is asked about, if some are held
/// @param scripts digest of the scripts as they were read, as [Digest#of] makes it; absent where the Order names one
/// @param backup the backup that this run took or found fresh enough
/// @param held steps not run because contract steps are held or wait for approval; on an [Outcome#Ahead] the way down
/// @param counts how many of each
/// @param applied what this run did, newest first
/// @param blockers who was in the way of a lock, one line each: pid, user, application
public record Report(
        int v,
        Outcome outcome,
        Optional<Failure> failure,
        Optional<String> revision,
        Optional<String> floor,
        Optional<String> target,
        Optional<String> plan,
        Optional<String> scripts,
        Optional<Backup> backup,
        List<Held> held,
        Counts counts,
        List<Applied> applied,
        List<String> blockers) {

    /// The kubelet keeps the LAST 4,096 bytes of a longer message, which would cut the head off.
    public static final int BYTES_MAX = 4096;

    public Report {
        held = List.copyOf(held);
        applied = List.copyOf(applied);
        blockers = List.copyOf(blockers);
    }

    /// Done: all that may run has run ([#held] may be non-empty). Ahead: the database is past the target.
    /// Approval: the
    /// rest waits for a person. Failed: see [#failure].
    public enum Outcome {
        Done,
        Ahead,
        Approval,
        Failed
    }

    /// The same, ended otherwise.
    public Report as(Outcome other) {
        return new Report(
                v, other, failure, revision, floor, target, plan, scripts, backup, held, counts, applied, blockers);
    }

    /// The same, of scripts that the Order did not know.
    public Report of(Optional<String> digest) {
        return new Report(
                v, outcome, failure, revision, floor, target, plan, digest, backup, held, counts, applied, blockers);
    }

    /// The same, its failure told in other words.
    public Report worded(UnaryOperator<Failure> words) {
        return new Report(
                v,
                outcome,
                failure.map(words),
                revision,
                floor,
                target,
                plan,
                scripts,
                backup,
                held,
                counts,
                applied,
                blockers);
    }

    /// @param name file name in [Places#BACKUPS]
    /// @param at ISO 8601, UTC
    /// @param revision the history's head that it belongs to; empty for a history without rows
    public record Backup(String name, long bytes, String sha256, String at, String revision) {}

    /// A step that was not run.
    ///
    /// @param phase `expand`, `migrate` or `contract`
    /// @param direction `up` or `down`
    /// @param breaking its author's words about the order of deployment
    /// @param reason `contract`, `approval` or `order`
    public record Held(
            String revision,
            String description,
            String phase,
            String direction,
            boolean destructive,
            Optional<String> breaking,
            String reason) {}

    /// Steps of the plan.
    ///
    /// @param pending not run yet, the held ones among them
    public record Counts(int pending, int applied, int held) {}

    /// @param phase `expand`, `migrate` or `contract`
    /// @param millis of the attempt that succeeded
    /// @param lockAttempts how often the transaction was begun until it had its locks
    /// @param rows that a batch has covered, earlier runs included; absent for a step that is no batch
    /// @param at ISO 8601, UTC
    public record Applied(
            String revision,
            String description,
            String phase,
            String direction,
            long millis,
            int lockAttempts,
            Optional<Long> rows,
            String at) {}
}
