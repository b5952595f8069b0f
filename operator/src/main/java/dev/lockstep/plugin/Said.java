package dev.lockstep.plugin;

import dev.lockstep.resource.Status;

/// What a person is told once their word is written: what becomes of it, and where to see that.
final class Said {
    private Said() {}

    static String retried(Standing standing) {
        boolean rests = standing.isAnswered() && standing.verdict() == Verdict.Ready;
        var becomes = standing.isSuspended()
                ? "It is suspended: the attempt comes when it is resumed"
                : rests
                        ? "Nothing has failed: it is noted, and starts a run only where the scripts are in a claim or an image"
                        : "The next attempt starts now, or follows the run that is at work if that fails";
        return "Another attempt of " + standing.path() + " is asked for. " + becomes + "; see: " + follow(standing);
    }

    static String takenOver(Standing standing) {
        var becomes = standing.reason().equals("TargetConflict")
                ? "The database becomes its own with the next run"
                : "The newest run has not found the database to be another's; where that is not so, it is noted only";
        return "Taking over is asked for by " + standing.path() + ". " + becomes + "; see: " + follow(standing);
    }

    static String named(Standing standing, String backup) {
        return standing.path() + " goes on with the backup " + backup + "; see: " + follow(standing);
    }

    static String suspended(Standing standing) {
        boolean works = standing.run().filter(it -> it.result() == null).isPresent();
        return standing.path() + " is suspended: no new run is started"
                + (works ? "; the run at work, " + job(standing) + ", goes on" : "") + ". Undo it with: "
                + Invocation.text(standing, "resume");
    }

    private static String job(Standing standing) {
        return standing.run().map(Status.Run::job).map(Plain::of).orElse("");
    }

    static String resumed(Standing standing) {
        return standing.path() + " is resumed; see: " + follow(standing);
    }

    private static String follow(Standing standing) {
        return Invocation.text(standing, "status", "-w");
    }
}
