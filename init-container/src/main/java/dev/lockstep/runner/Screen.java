package dev.lockstep.runner;

import dev.lockstep.engine.Event;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Report;
import dev.lockstep.plan.Direction;
import java.io.PrintStream;
import java.util.List;

/// Tells a run to people, line by line.
///
/// @param out lines about progress
/// @param err failures, and the database's own words
record Screen(PrintStream out, PrintStream err) implements Event.Listener {
    @Override
    public synchronized void hear(Event event) {
        switch (event) {
            case Event.WaitingForLock waiting ->
                out.println("waiting: another migration holds the lock of " + waiting.place());
            case Event.BackingUp saving -> out.println("backing up into " + saving.place());
            case Event.BackedUp saved ->
                out.println((saved.backup().reused() ? "backup found   " : "backup taken   ")
                        + saved.backup().name() + ", " + saved.backup().bytes() + " bytes, verified");
            case Event.Starting starting ->
                out.println("[" + starting.number() + "/" + starting.count() + "] "
                        + starting.step().script().file());
            case Event.Progress progress -> out.println("      " + progress(progress));
            case Event.Sweeping sweeping ->
                out.println("running " + sweeping.batch() + " once more before " + sweeping.drop());
            case Event.Swept swept -> out.println("      " + swept.rows() + " rows had been written since");
            case Event.Lagging lagging ->
                out.println("      waiting: a replica is " + lagging.by().toSeconds() + " s behind");
            case Event.Finished finished -> out.println("      " + finished(finished));
            case Event.Waiting waiting ->
                out.println(
                        "      waiting for " + waiting.since().toSeconds() + " s; in the way: " + waiting.blocker());
            case Event.Blocked blocked ->
                out.println("      attempt " + blocked.attempt() + " got no lock; in the way: " + blocked.blocker());
            case Event.Detail detail -> err.println("      " + detail.text().replace("\n", "\n      "));
        }
    }

    private static String progress(Event.Progress event) {
        var rate = event.rows() + " rows, " + event.speed() + " rows/s";
        return event.left()
                .map(seconds -> rate + ", " + 100 * event.rows() / event.total().orElseThrow() + " %, about " + seconds
                        + " s left")
                .orElse(rate);
    }

    private static String finished(Event.Finished event) {
        var applied = event.applied();
        var attempts = applied.attempts() == 1 ? "" : ", " + applied.attempts() + " attempts";
        var rows = applied.rows().map(count -> ", " + count + " rows").orElse("");
        return "done in " + applied.took().toMillis() + " ms ("
                + applied.step().phase().word() + rows + attempts + ")";
    }

    void fail(Failure failure) {
        err.println(failure.code() + ": " + failure.line());
    }

    /// The last lines of a run.
    ///
    /// @param tips the newest revision of each branch, where that is known
    void end(Report report, List<String> tips) {
        report.failure().ifPresent(this::fail);
        for (var held : report.held()) {
            out.println("held: " + held.revision() + " " + held.description() + " (" + reason(held) + ")");
        }
        report.plan().ifPresent(hash -> out.println("approve with: --approve " + hash));
        if (report.failure().isEmpty()) {
            out.println(summary(report, tips));
        }
    }

    private static String reason(Report.Held held) {
        return switch (held.reason()) {
            case "approval" -> "it loses data and needs an approval";
            case "contract" -> "a contract step; the code before it may still need what it takes away";
            default -> "it comes after a held step";
        };
    }

    private static String summary(Report report, List<String> tips) {
        var one = report.revision().map(revision -> "at revision " + revision).orElse("at base");
        var at = tips.size() > 1 ? "at the revisions " + String.join(" and ", tips) : one;
        return switch (report.outcome()) {
            case Ahead -> at + ", ahead of the target; nothing was done";
            case Done, Approval, Failed ->
                report.counts().applied() == 0 ? at + ", nothing to do" : at + ", " + done(report);
        };
    }

    private static String done(Report report) {
        long down = report.applied().stream()
                .filter(it -> it.direction().equals(Direction.down.name()))
                .count();
        long up = report.counts().applied() - down;
        var back = down + " taken back";
        return down == 0 ? up + " applied" : up == 0 ? back : up + " applied, " + back;
    }
}
