package dev.lockstep.status;

import dev.lockstep.decision.Decision;
import dev.lockstep.handover.Code;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Past;
import dev.lockstep.observed.Petition;
import dev.lockstep.observed.Result;
import dev.lockstep.observed.Wish;
import dev.lockstep.resource.Condition;
import dev.lockstep.resource.Saved;
import dev.lockstep.status.Reason.Own;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The conditions of a status. Ready, Reconciling and Stalled are kstatus's, so that every deployment tool reads
/// them.
final class Conditions {
    private static final Set<Code> UNSAVED = Set.of(Code.BackupFailed, Code.BackupTooLarge, Code.BackupNeeded);
    private static final Reason ASKED = new Reason.Coded(Code.ApprovalNeeded);

    private final Observed observed;
    private final List<Condition> conditions = new ArrayList<>();

    private Conditions(Observed observed) {
        this.observed = observed;
    }

    static List<Condition> of(Answer answer, Decision decision, Observed observed) {
        var all = new Conditions(observed);
        all.add("Ready", answer.ready(), answer.reason(), answer.message());
        all.add("Reconciling", word(answer.moving()), answer.reason(), answer.moving() ? answer.message() : "");
        all.add("Stalled", word(answer.stalled()), answer.reason(), answer.stalled() ? answer.message() : "");
        all.addBackup(observed.past());
        all.addApproval(decision);
        all.addContract(decision, observed.past());
        all.addRaised();
        all.addDrift();
        return List.copyOf(all.conditions);
    }

    private static String word(boolean yes) {
        return yes ? "True" : "False";
    }

    private void addBackup(Past past) {
        var failed = past.run()
                .flatMap(Past.Ran::end)
                .filter(it -> it.result() instanceof Result.Stopped(var code) && UNSAVED.contains(code));
        if (failed.isPresent()) {
            add(
                    "BackupReady",
                    "False",
                    Reason.of(failed.get().result()),
                    failed.get().message());
            return;
        }
        past.backup()
                .ifPresentOrElse(
                        this::addBackup,
                        () -> add("BackupReady", "False", Own.NotTaken, "no backup has been taken yet"));
    }

    private void addBackup(Saved backup) {
        var name = "backup " + backup.name();
        if (Boolean.TRUE.equals(backup.verified()))
            add("BackupReady", "True", Own.Verified, name + " has been read back");
        else add("BackupReady", "True", Own.Named, name + " is somebody else's, and is taken for whole");
    }

    private void addApproval(Decision decision) {
        var hash = observed.past().hash();
        if (decision instanceof Decision.Await(var ran, var end, Decision.Waiting.Word(var plan))) {
            add("Approved", "False", ASKED, "steps wait for a SchemaMigrationApproval with plan: " + plan);
        } else if (unanswered().isPresent()) {
            var it = unanswered().get();
            add(
                    "Approved",
                    "False",
                    ASKED,
                    it.words() + " waits for a SchemaMigrationApproval with plan: " + it.hash());
        } else if (hash.filter(observed.approvals()::contains).isPresent()) {
            add("Approved", "True", Own.Approved, "a SchemaMigrationApproval names the plan " + hash.orElse(""));
        } else {
            add("Approved", "True", Own.NothingAsked, "no step waits for a person");
        }
    }

    private Optional<Petition> unanswered() {
        return observed.petition().filter(it -> !observed.approvals().contains(it.hash()));
    }

    private void addContract(Decision decision, Past past) {
        if (!past.waiting().isEmpty()) {
            add("Contracted", "False", held(decision), past.waiting().size() + " held, see status.waitingFor");
            return;
        }
        past.run()
                .flatMap(Past.Ran::end)
                .filter(it -> it.result().equals(new Result.Done()))
                .ifPresentOrElse(
                        it -> add("Contracted", "True", Own.NothingHeld, "no step waits"), () -> keep("Contracted"));
    }

    private void addRaised() {
        if (observed.wanted() instanceof Wish wish && !wish.raised().isEmpty()) {
            add("Raised", "True", Own.Policy, String.join("; ", wish.raised()) + " by the operator's policy");
        }
    }

    private void addDrift() {
        var checks = observed.checks();
        if (!checks.asked()) return;
        checks.newest()
                .ifPresentOrElse(
                        it -> addDrift(it.end()),
                        () -> add("Drifted", "Unknown", Own.NotChecked, "no check has ended yet"));
    }

    /// A check that came to nothing says nothing.
    private void addDrift(Past.End end) {
        switch (end.result()) {
            case Result.Done() -> add("Drifted", "False", Own.Unchanged, "the schema is as the last run has left it");
            case Result.Stopped(var code)
            when code == Code.Drifted -> add("Drifted", "True", Reason.of(end.result()), end.message());
            case Result.Stopped(var code) -> add("Drifted", "Unknown", Reason.of(end.result()), end.message());
            case Result.Silent() -> add("Drifted", "Unknown", Reason.of(end.result()), end.message());
            case Result.Ahead() -> throw new IllegalStateException("no check comes to that");
        }
    }

    private static Reason held(Decision decision) {
        return switch (decision) {
            case Decision.Await(var ran, var end, Decision.Waiting.Pods(var lines)) -> Own.WaitingForPods;
            case Decision.Await(var ran, var end, Decision.Waiting.Word(var hash)) -> ASKED;
            case Decision.Wait wait -> Own.Running;
            case Decision.Closed closed -> Own.WindowClosed;
            case Decision.Hold hold -> Own.Suspended;
            case Decision other -> Own.Held;
        };
    }

    private void keep(String type) {
        before(type).ifPresent(conditions::add);
    }

    private void add(String type, String status, Reason reason, String message) {
        var since = before(type)
                .filter(it -> it.status().equals(status))
                .map(Condition::lastTransitionTime)
                .orElseGet(() -> observed.now().truncatedTo(ChronoUnit.SECONDS).toString());
        conditions.add(new Condition(
                type, status, reason.word(), message, since, observed.identity().generation()));
    }

    private Optional<Condition> before(String type) {
        return observed.past().conditions().stream()
                .filter(it -> it.type().equals(type))
                .findFirst();
    }
}
