package dev.lockstep.status;

import dev.lockstep.handover.Code;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Past;
import dev.lockstep.observed.Result;
import dev.lockstep.resource.Condition;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The conditions of a status. Ready, Reconciling and Stalled are kstatus's, so that every deployment tool reads
/// them.
final class Conditions {
    private final Observed observed;
    private final List<Condition> conditions = new ArrayList<>();

    private Conditions(Observed observed) {
        this.observed = observed;
    }

    static List<Condition> of(Answer answer, Observed observed) {
        var all = new Conditions(observed);
        all.add("Ready", answer.ready(), answer.reason(), answer.message());
        all.add("Reconciling", word(answer.moving()), answer.reason(), answer.moving() ? answer.message() : "");
        all.add("Stalled", word(answer.stalled()), answer.reason(), answer.stalled() ? answer.message() : "");
        all.addBackup(observed.past());
        all.addContract(observed.past());
        return List.copyOf(all.conditions);
    }

    private static String word(boolean yes) {
        return yes ? "True" : "False";
    }

    private void addBackup(Past past) {
        var failed = past.run()
                .flatMap(Past.Ran::end)
                .filter(it -> it.result().equals(new Result.Stopped(Code.BackupFailed)));
        if (failed.isPresent()) {
            add("BackupReady", "False", Code.BackupFailed.name(), failed.get().message());
            return;
        }
        past.backup()
                .ifPresentOrElse(
                        it -> add("BackupReady", "True", "Verified", "backup " + it.name() + " has been read back"),
                        () -> add("BackupReady", "False", "NotTaken", "no run has needed a backup yet"));
    }

    private void addContract(Past past) {
        if (!past.waitingFor().isEmpty()) {
            add("Contracted", "False", "Held", past.waitingFor().size() + " held, see status.waitingFor");
            return;
        }
        past.run()
                .flatMap(Past.Ran::end)
                .filter(it -> it.result().equals(new Result.Done()))
                .ifPresentOrElse(
                        it -> add("Contracted", "True", "NothingHeld", "no step waits"), () -> keep("Contracted"));
    }

    private void keep(String type) {
        before(type).ifPresent(conditions::add);
    }

    private void add(String type, String status, String reason, String message) {
        var since = before(type)
                .filter(it -> it.status().equals(status))
                .map(Condition::lastTransitionTime)
                .orElseGet(() -> observed.now().truncatedTo(ChronoUnit.SECONDS).toString());
        conditions.add(new Condition(
                type, status, reason, message, since, observed.identity().generation()));
    }

    private Optional<Condition> before(String type) {
        return observed.past().conditions().stream()
                .filter(it -> it.type().equals(type))
                .findFirst();
    }
}
