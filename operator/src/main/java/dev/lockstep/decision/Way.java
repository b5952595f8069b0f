package dev.lockstep.decision;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Order;
import dev.lockstep.observed.Leg;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Past;
import dev.lockstep.observed.Result;
import dev.lockstep.observed.Run;
import dev.lockstep.observed.Wish;
import dev.lockstep.resource.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a wish is brought about, leg by leg: what no live code minds; then, once nobody who would mind is left and the
/// persons that have to be asked have agreed, the gate is closed to such code; then, if still nobody is left, the rest.
record Way(Wish wish, Observed observed) {
    private static final Result NEEDS_BACKUP = new Result.Stopped(Code.BackupNeeded);

    /// With the pauses between them, so many attempts take ten minutes, in which others write.
    private static final int CARRIED_MAX = 8;

    /// Clocks that are kept by anything are nearer than that.
    private static final Duration SKEW_MAX = Duration.ofMinutes(1);

    Decision onward() {
        return observed.past()
                .run()
                .filter(ran -> ran.order().equals(wish.fingerprint()))
                .map(this::after)
                .orElseGet(this::begin);
    }

    private Decision begin() {
        return start(first(), 1);
    }

    private Leg first() {
        return new Leg(wish.order().contract(), Optional.empty());
    }

    private Decision after(Past.Ran ran) {
        return ran.end().map(end -> after(ran, end)).orElseGet(() -> start(ran.leg(), ran.attempt() + 1));
    }

    private Decision after(Past.Ran ran, Past.End end) {
        if (mayBeOthers(end.result())) return begin();
        return switch (end.result()) {
            case Result.Done() -> rest(ran, end);
            case Result.Ahead() -> rest(ran, end);
            case Result.Stopped(var code) when code == Code.ApprovalNeeded -> answer(ran, end);
            case Result.Stopped(var code)
            when code == Code.PlanChanged && !ran.leg().equals(first()) -> anew(ran, end);
            case Result.Stopped(var code) -> again(ran, end, Backoff.after(code, ran.attempt()));
            case Result.Silent() -> again(ran, end, Optional.of(Backoff.after(ran.attempt())));
        };
    }

    /// An end is of a node's clock, which may be ahead by hours; the API server's has made the Job.
    private Instant next(Past.Ran ran, Past.End end, Duration pause) {
        var isAhead = end.at().isAfter(observed.now().plus(SKEW_MAX));
        return (isAhead ? ran.startedAt() : end.at()).plus(pause);
    }

    /// Scripts that are others at each look would make runs without end; their pauses are told of.
    private Decision anew(Past.Ran ran, Past.End end) {
        var at = next(ran, end, Backoff.after(ran.attempt()));
        return at.isAfter(observed.now()) ? new Decision.Retry(ran, end, at) : begin();
    }

    /// Only a person can tell that scripts have changed which no watch and no look of ours sees.
    private boolean mayBeOthers(Result result) {
        var settled = switch (result) {
            case Result.Done() -> true;
            case Result.Ahead() -> true;
            case Result.Stopped(var code) -> code == Code.ApprovalNeeded;
            case Result.Silent() -> false;
        };
        return settled
                && wish.order().files().digest().isEmpty()
                && observed.words().retry().isPresent();
    }

    /// A person who asks for it has done what the operator cannot see, and is not made to wait.
    private Decision again(Past.Ran ran, Past.End end, Optional<Duration> pause) {
        if (isSaved(end.result())) return go(ran, end, ran.leg(), 1);
        if (isAskedFor(end.result())) return go(ran, end, ran.leg(), ran.attempt() + 1);
        if (pause.isEmpty()) return new Decision.Rest(ran, end);
        var at = next(ran, end, pause.get());
        if (at.isAfter(observed.now())) return new Decision.Retry(ran, end, at);
        return go(ran, end, ran.leg(), ran.attempt() + 1);
    }

    private boolean isAskedFor(Result result) {
        var isOthers = result instanceof Result.Stopped(var code) && code == Code.TargetConflict;
        var words = observed.words();
        return words.retry().isPresent() || isOthers && words.takeOver().isPresent();
    }

    /// What was named before a run has asked may be of last month.
    private boolean isSaved(Result result) {
        return result.equals(NEEDS_BACKUP) && observed.words().external().isPresent();
    }

    /// A backup that somebody else has taken: one that was named when a run had asked for it, or that the
    /// attempt before was given and changed nothing with.
    private Optional<String> external() {
        return observed.past()
                .run()
                .filter(ran -> ran.order().equals(wish.fingerprint()))
                .flatMap(ran -> ran.end().flatMap(end -> external(ran, end)));
    }

    private Optional<String> external(Past.Ran ran, Past.End end) {
        if (end.result().equals(NEEDS_BACKUP)) return observed.words().external();
        if (ran.attempt() >= CARRIED_MAX) return Optional.empty();
        return observed.runs().stream()
                .filter(run -> run.job().equals(ran.job()) && run.hasChangedNothing())
                .findFirst()
                .flatMap(Run::savedAs);
    }

    /// A question that a run has come back with.
    private Decision answer(Past.Ran ran, Past.End end) {
        var hash = observed.past().hash();
        if (hash.isEmpty() || hash.equals(ran.leg().approved())) return again(ran, end, Optional.empty());
        return go(ran, end, new Leg(ran.leg().contract(), hash), 1);
    }

    /// What is left, if anything is, when a leg has come to its end.
    private Decision rest(Past.Ran ran, Past.End end) {
        boolean over = ran.leg().contract() == Order.Contract.Go;
        if (over || observed.past().waiting().isEmpty()) return new Decision.Rest(ran, end);
        var closesFirst =
                wish.contract() == Spec.Contract.Gate.RolledOut && ran.leg().contract() == Order.Contract.Hold;
        var contract = closesFirst ? Order.Contract.CloseGate : Order.Contract.Go;
        return go(ran, end, new Leg(contract, asked()), 1);
    }

    private Optional<String> asked() {
        return wish.order().approval() == Order.Approval.Never
                ? Optional.empty()
                : observed.past().hash();
    }

    /// A leg is begun only while all that it needs is so: a person may have taken a yes back, an old pod may have come.
    private Decision go(Past.Ran ran, Past.End end, Leg leg, int attempt) {
        var unanswered = leg.approved().filter(it -> !observed.approvals().contains(it));
        if (unanswered.isPresent()) {
            return new Decision.Await(ran, end, new Decision.Waiting.Word(unanswered.get()));
        }
        var alive = leg.contract() == Order.Contract.Hold ? List.<String>of() : alive();
        if (!alive.isEmpty()) return new Decision.Await(ran, end, new Decision.Waiting.Pods(alive));
        return start(leg, attempt);
    }

    private List<String> alive() {
        if (wish.contract() != Spec.Contract.Gate.RolledOut) return List.of();
        var target = observed.past().target();
        var rollout = observed.rollout();
        var alive = observed.past().leadsDown()
                ? rollout.map(it -> it.above(target))
                : rollout.flatMap(it -> target.map(it::below));
        return alive.orElse(List.of("the pods of podSelector, which are not known yet"));
    }

    private Decision start(Leg leg, int attempt) {
        var scripts =
                leg.equals(first()) ? Optional.<String>empty() : observed.past().scripts();
        return new Decision.Start(
                wish,
                leg,
                observed.nextNumber(),
                attempt,
                scripts,
                observed.words().ofRun(),
                external(),
                false);
    }
}
