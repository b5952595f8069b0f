package dev.lockstep.observed;

import dev.lockstep.handover.Report;
import dev.lockstep.resource.Saved;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A run, or a check, that has ended and whose end the status does not tell yet.
///
/// @param job its name, by which it is one and the same at every look
/// @param order as [Run#order]
/// @param took from when its Job was made until its container ended; absent where nobody knows
/// @param taken the backup that it has taken, or that somebody else has and it went on with; absent for one that
/// an earlier run has told of
public record Ended(
        String job,
        String order,
        Result result,
        Optional<Duration> took,
        Optional<Report> report,
        Optional<Report.Backup> taken) {

    /// Oldest first.
    ///
    /// @param untold newest first; those that have not ended are passed over
    static List<Ended> of(SchemaMigration resource, List<Run> untold) {
        var backup = Optional.ofNullable(resource.getStatus())
                .map(Status::backup)
                .map(Saved::name)
                .orElse("");
        var all = new ArrayList<Ended>();
        for (var run : untold.reversed()) {
            if (!(run.phase() instanceof Run.Phase.Ended end)) continue;
            var saved = end.report().flatMap(Report::backup);
            var known = backup;
            all.add(of(run, end, saved.filter(it -> !Objects.equals(it.name(), known))));
            backup = saved.map(Report.Backup::name).orElse(known);
        }
        return List.copyOf(all);
    }

    private static Ended of(Run run, Run.Phase.Ended end, Optional<Report.Backup> taken) {
        var between = Duration.between(run.createdAt(), end.at());
        var took = end.report().map(it -> between.isNegative() ? Duration.ZERO : between);
        return new Ended(run.job(), run.order(), Reported.end(end).result(), took, end.report(), taken);
    }

    /// Its Job is gone, and nobody has seen its end.
    static Ended lost(Past.Ran ran) {
        return new Ended(
                ran.job(), ran.order(), new Result.Silent(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
