package dev.lockstep.status;

import static dev.lockstep.resource.Status.Stage.AwaitingApproval;
import static dev.lockstep.resource.Status.Stage.Failed;
import static dev.lockstep.resource.Status.Stage.Migrating;
import static dev.lockstep.resource.Status.Stage.Planning;
import static dev.lockstep.resource.Status.Stage.Settled;

import dev.lockstep.decision.Decision;
import dev.lockstep.handover.Blame;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Order;
import dev.lockstep.handover.Progress;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Past;
import dev.lockstep.observed.Result;
import dev.lockstep.observed.Run;
import dev.lockstep.resource.Condition;
import dev.lockstep.resource.Status.Stage;
import dev.lockstep.status.Reason.Own;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What a decision says to the questions Ready, Reconciling and Stalled.
///
/// @param ready `True`, `False` or `Unknown`
/// @param moving whether the operator itself goes on without anybody's help
/// @param stalled whether only a person's change can help
record Answer(String ready, Reason reason, String message, boolean moving, boolean stalled, Stage stage) {

    /// Empty while a Job is being made: its first event comes within milliseconds and tells.
    ///
    /// @param refusal what the API server has said instead of making it
    static Optional<Answer> of(Decision decision, Observed observed, Optional<String> refusal) {
        var past = observed.past();
        var served = new Served(observed);
        return switch (decision) {
            case Decision.Start start -> refusal.map(it -> refused(it, start, served));
            case Decision.Replace replace -> Optional.empty();
            case Decision.Wait(var run) -> Optional.of(waiting(run, past, served.byWish()));
            case Decision.Retry(var ran, var end, var at) -> Optional.of(retry(ran, end, at));
            case Decision.Rest(var ran, var end) -> Optional.of(rest(end, past, served.byWish()));
            case Decision.Await(var ran, var end, var waiting) -> Optional.of(await(end, waiting, past));
            case Decision.Ask(var failure) -> Optional.of(ask(failure));
            case Decision.Hold() ->
                Optional.of(new Answer(
                        word(served.byWish()),
                        Own.Suspended,
                        "spec.suspend is true; set it to false to go on",
                        false,
                        false,
                        Planning));
            case Decision.Closed(var opens) -> Optional.of(closed(opens, served.byWishOrAmendment()));
        };
    }

    /// Nobody has to wait for a window in which only contract steps run.
    private static Answer closed(Optional<Instant> opens, boolean served) {
        var moving = opens.isPresent() && !served;
        return new Answer(word(served), Own.WindowClosed, closed(opens), moving, opens.isEmpty(), Planning);
    }

    private static String word(boolean ready) {
        return ready ? "True" : "False";
    }

    static String closed(Optional<Instant> opens) {
        return opens.map(it -> "no window of spec.windows is open; the next opens at " + it)
                .orElse("no window of spec.windows will ever open; write one that does");
    }

    private static Answer refused(String message, Decision.Start start, Served served) {
        var ofWish = !start.checks() && start.words().amend().isEmpty();
        var ready = ofWish ? served.byWish() : served.wasReady();
        var text = "the run's Job is refused: " + message + "; tried again";
        return new Answer(word(ready), Own.JobRefused, text, true, false, Failed);
    }

    private static Answer waiting(Run run, Past past, boolean served) {
        return switch (run.phase()) {
            case Run.Phase.Pending(var obstacle) ->
                obstacle.map(it -> stuck(run, it, past, served)).orElseGet(() -> working(run, past, served));
            case Run.Phase.Running(var progress) -> working(run, past, served);
            case Run.Phase.Ended ended -> working(run, past, served);
        };
    }

    private static Answer stuck(Run run, Run.Obstacle obstacle, Past past, boolean served) {
        var message = "the pod of Job " + run.job() + " does not start: " + obstacle.text() + "; " + obstacle.remedy()
                + ", it goes on by itself";
        var before = condition("Ready", past).map(Condition::status).orElse("False");
        var ready = run.words().amend().isPresent() ? before : word(served);
        return new Answer(ready, new Reason.Quoted(obstacle.reason()), message, true, false, Planning);
    }

    /// A further attempt leaves the failure of the last one in view, or it would flicker away every few seconds.
    private static Answer working(Run run, Past past, boolean served) {
        var before = run.attempt() > 1
                ? condition("Ready", past).filter(it -> it.status().equals("False"))
                : Optional.<Condition>empty();
        var stalled = condition("Stalled", past)
                .filter(it -> it.status().equals("True"))
                .isPresent();
        var message = "Job " + run.job() + " is at work" + behind(run);
        if (run.words().amend().isPresent()) return amending(run, past, message);
        return before.map(it -> new Answer(
                        "False", new Reason.Quoted(it.reason()), it.message(), true, stalled, stage(run, past)))
                .orElseGet(() -> served
                        ? new Answer("True", Own.Contracting, message, true, false, stage(run, past))
                        : new Answer("Unknown", Own.Running, message, true, false, stage(run, past)));
    }

    private static String behind(Run run) {
        return run.phase() instanceof Run.Phase.Running(var progress)
                        && progress.isPresent()
                        && progress.get().lagSeconds().isPresent()
                ? "; its batch waits for a replica that is at least "
                        + progress.get().lagSeconds().getAsLong() + " s behind"
                : "";
    }

    /// It says nothing of the wish, good or bad.
    private static Answer amending(Run run, Past past, String message) {
        return condition("Ready", past)
                .map(it -> new Answer(
                        it.status(), new Reason.Quoted(it.reason()), it.message(), true, false, stage(run, past)))
                .orElseGet(() -> new Answer("Unknown", Own.Running, message, true, false, stage(run, past)));
    }

    private static Stage stage(Run run, Past past) {
        var work = run.phase() instanceof Run.Phase.Running(var progress)
                ? progress.flatMap(Progress::work)
                : Optional.<Progress.Work>empty();
        return work.map(Answer::stage).orElseGet(() -> supposed(run, past));
    }

    private static Stage stage(Progress.Work work) {
        return switch (work) {
            case Saving -> Stage.BackingUp;
            case Expanding -> Stage.Expanding;
            case Migrating -> Migrating;
            case Contracting -> Stage.Contracting;
            case TakingBack -> Stage.Downgrading;
        };
    }

    private static Stage supposed(Run run, Past past) {
        if (past.waiting().isEmpty() || run.leg().contract() == Order.Contract.Hold) return Migrating;
        return past.leadsDown() ? Stage.Downgrading : Stage.Contracting;
    }

    private static Answer await(Past.End end, Decision.Waiting waiting, Past past) {
        var here = end.result() instanceof Result.Stopped ? end.message() : settled(past);
        var ready = end.result() instanceof Result.Stopped ? "False" : "True";
        return switch (waiting) {
            case Decision.Waiting.Word(var hash) ->
                new Answer(ready, new Reason.Coded(Code.ApprovalNeeded), here, false, false, AwaitingApproval);
            case Decision.Waiting.Pods(var lines) ->
                new Answer(ready, Own.WaitingForPods, here, false, false, Stage.AwaitingPods);
        };
    }

    private static Optional<Condition> condition(String type, Past past) {
        return past.conditions().stream().filter(it -> it.type().equals(type)).findFirst();
    }

    private static Answer retry(Past.Ran ran, Past.End end, Instant at) {
        var message = "attempt " + ran.attempt() + ": " + end.message() + "; the next follows at "
                + at.truncatedTo(ChronoUnit.SECONDS);
        var stage = Held.isHeld(end) ? Planning : Failed;
        return new Answer("False", Reason.of(end.result()), message, true, needsPerson(end.result()), stage);
    }

    /// A refused password is the world's fault by its code, for the server may be the one to be mended; a person
    /// has to
    /// mend one of both.
    private static boolean needsPerson(Result result) {
        return result instanceof Result.Stopped(var code)
                && (code.blame() == Blame.AUTHOR || code == Code.AuthenticationRefused);
    }

    private static Answer rest(Past.End end, Past past, boolean served) {
        return switch (end.result()) {
            case Result.Done() -> new Answer("True", Own.Settled, settled(past), false, false, Settled);
            case Result.Ahead() -> new Answer("True", Own.DatabaseAhead, end.message(), false, false, Settled);
            case Result.Stopped(var code) -> stopped(code, end, served);
            case Result.Silent() -> new Answer("False", Own.NoReport, end.message(), false, false, Failed);
        };
    }

    private static String settled(Past past) {
        var at = past.revision().map(it -> "the schema is at revision " + it).orElse("the schema has no revision");
        if (past.waiting().isEmpty()) return at;
        return at + "; " + past.waiting().size() + " held, see status.waitingFor";
    }

    /// What the target's code needs is there while contract steps wait for a backup.
    private static Answer stopped(Code code, Past.End end, boolean served) {
        var ready = word(code == Code.BackupNeeded && served);
        var held = Held.isHeld(end) ? Planning : Failed;
        var stage = code == Code.ApprovalNeeded ? AwaitingApproval : held;
        return new Answer(ready, new Reason.Coded(code), end.message(), false, code.blame() == Blame.AUTHOR, stage);
    }

    private static Answer ask(Failure failure) {
        return new Answer("False", new Reason.Coded(failure.code()), failure.line(), false, true, Failed);
    }
}
