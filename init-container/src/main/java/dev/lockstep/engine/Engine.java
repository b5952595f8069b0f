package dev.lockstep.engine;

import dev.lockstep.backup.Backup;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Session.Seen;
import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Ledger;
import dev.lockstep.plan.Direction;
import dev.lockstep.plan.Plan;
import dev.lockstep.plan.Step;
import dev.lockstep.plan.WayDown;
import dev.lockstep.script.Callback;
import dev.lockstep.script.Version;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// One run against one database: look, lock, look again, save, execute, look once more.
public final class Engine {
    private final Dialect dialect;
    private final Graph graph;
    private final Settings settings;
    private final Surroundings around;
    private Optional<Plan> plan = Optional.empty();
    private Optional<Backup> backup = Optional.empty();
    private Optional<String> revision = Optional.empty();
    private List<String> tips = List.of();
    private Optional<String> floor = Optional.empty();
    private List<Applied> applied = List.of();
    private List<String> blockers = List.of();

    /// What comes from outside.
    ///
    /// @param random for the jitter of waits
    public record Surroundings(InstantSource clock, RandomGenerator random, Stop stop, Event.Listener listener) {}

    public Engine(Dialect dialect, Graph graph, Settings settings, Surroundings around) {
        this.dialect = dialect;
        this.graph = graph;
        this.settings = settings;
        this.around = around;
    }

    /// Runs; every expected failure is in the outcome.
    public Outcome run() {
        Optional<Refusal> refusal = Optional.empty();
        try (var session = Session.open(dialect, settings, around)) {
            try {
                run(session);
            } finally {
                blockers = session.contention().blockers();
            }
        } catch (Refusal e) {
            refusal = Optional.of(around.stop().asked().map(Stop::refusal).orElse(e));
        }
        return new Outcome(refusal.map(Refusal::failure), revision, tips, floor, plan, backup, applied, blockers);
    }

    /// Makes the plan and changes nothing.
    public static Plan plan(Dialect dialect, Graph graph, Settings settings) throws Refusal {
        try (var session = Session.open(dialect, "lockstep/plan")) {
            var seen = session.look();
            session.refuseUnfit(seen);
            return plan(dialect, graph, settings, seen);
        }
    }

    private static Plan plan(Dialect dialect, Graph graph, Settings settings, Seen seen) throws Refusal {
        return switch (settings.goal().direction()) {
            case down -> Plan.down(graph, seen.ground(), settings.goal().target(), settings.policy());
            case up -> {
                var plan = Plan.of(graph, seen.ground(), settings.goal().target(), settings.policy());
                Outside.refuseUnfinished(plan, seen.marks(), dialect);
                yield plan;
            }
        };
    }

    /// About how many rows these tables have; what is no table there, or has no statistics, is left out.
    public static Map<String, Long> rows(Dialect dialect, Set<String> tables) throws Refusal {
        try (var session = Session.open(dialect, "lockstep/plan")) {
            return session.on(connection -> dialect.rows(connection, tables));
        }
    }

    private void run(Session session) throws Refusal {
        var seen = look(session);
        session.refuseIndirect(seen);
        boolean up = settings.goal().direction() == Direction.up;
        if (up && isSettled(seen)) { // on the way down, what another run is about to apply is to be taken back too
            return;
        }
        var lock = new Locking(session, settings, around).take();
        try {
            around.stop().check();
            var now = look(session);
            if (!isSettled(now)) {
                new Drift(dialect, settings, around).during(session, now, () -> change(session, now));
            }
        } finally {
            lock.close();
        }
    }

    private Seen look(Session session) throws Refusal {
        var seen = session.look();
        session.refuseUnfit(seen);
        session.refuseForeign(seen, settings.owner());
        note(seen);
        plan = Optional.of(plan(dialect, graph, settings, seen));
        return seen;
    }

    private void note(Seen seen) {
        revision = seen.history().newest().map(Version::text);
        tips = graph.tips(seen.history().applied().keySet()).stream()
                .map(Revision::title)
                .toList();
        floor = seen.marks().floor().map(Version::text);
    }

    private List<Step> steps() {
        return plan.map(Plan::steps).orElse(List.of());
    }

    private boolean isSettled(Seen seen) {
        boolean yields = settings.goal().yields() && plan.filter(Plan::ahead).isPresent();
        return yields || steps().isEmpty() && newOwner(seen).isEmpty() && !calls() && gate().isOpen(seen);
    }

    /// Flyway calls some scripts of the project back even where nothing is pending.
    private boolean calls() {
        return settings.goal().direction() == Direction.up
                && graph.callbacks().stream().anyMatch(Callback::always);
    }

    private Gate gate() {
        return Gate.of(graph, plan.orElseThrow(), settings);
    }

    private Optional<String> newOwner(Seen seen) {
        return settings.owner()
                .map(Settings.Owner::name)
                .filter(name -> !seen.marks().owner().equals(Optional.of(name)));
    }

    private void change(Session session, Seen seen) throws Refusal {
        LastWord.unsay(session, seen);
        if (!steps().isEmpty()) {
            new Preflight(session, settings, around.listener()).check(seen, steps());
            save(session, seen);
        }
        if (newOwner(seen).isPresent() && seen.standing().history()) {
            session.on(connection -> {
                Ledger.create(connection, dialect);
                Ledger.claim(connection, dialect, newOwner(seen).orElseThrow());
                return true;
            });
        }
        if (!steps().isEmpty() || calls()) {
            carryOut(session, seen);
        }
        var after = session.look();
        note(after);
        Confirmation.of(session, steps(), after.history());
        gate().open(session, after, true);
        note(session.look());
    }

    private void carryOut(Session session, Seen seen) throws Refusal {
        try {
            switch (settings.goal().direction()) {
                case up -> execute(session, seen);
                case down -> takeBack(session, seen, steps());
            }
        } catch (Refusal failure) {
            boolean takesBack =
                    settings.goal().takesBack() && around.stop().asked().isEmpty();
            var second = takesBack ? retreat(session) : Optional.<Refusal>empty();
            settle(session, failure.failure());
            throw takesBack ? Retreat.told(failure, applied, second, revision) : failure;
        }
    }

    /// What this run applied is taken back, as far as there are scripts for it.
    ///
    /// @return why it ended early
    private Optional<Refusal> retreat(Session session) {
        try {
            var taken = applied.stream().map(Applied::step).toList();
            takeBack(session, session.look(), WayDown.of(taken));
            return Optional.empty();
        } catch (Refusal second) {
            return Optional.of(second);
        }
    }

    /// Notes where a run that failed has left the database, if it can still be asked, and leaves word for the gate.
    private void settle(Session session, Failure failure) {
        try {
            var left = session.look();
            note(left);
            LastWord.say(session, left, failure);
        } catch (Refusal gone) {
            around.listener().hear(new Event.Detail(gone.failure().line()));
        }
    }

    private void takeBack(Session session, Seen seen, List<Step> steps) throws Refusal {
        var reversal = new Reversal(session, settings, new Attempts(session, around, false), around, seen);
        try {
            reversal.run(steps);
        } finally {
            applied = Stream.concat(applied.stream(), reversal.done().stream()).toList();
        }
    }

    private void save(Session session, Seen seen) throws Refusal {
        if (!seen.building()) {
            boolean again = settings.goal().direction() == Direction.up
                    && steps().stream().noneMatch(Step::destructive);
            backup = new Saving(session, settings, around).take(seen, steps(), again);
            around.stop().check();
        }
    }

    private void execute(Session session, Seen seen) throws Refusal {
        if (!seen.building()) {
            new Sweep(session, settings, around).before(steps(), graph, seen);
        }
        var callbacks = new Callbacks(session, graph.callbacks());
        var attempts = new Attempts(session, around, callbacks.surroundEach());
        var execution =
                new Execution(session, settings, attempts, around, steps().size(), seen, callbacks.surroundEach());
        try {
            FlywayAdapter.migrate(session, steps(), execution, callbacks);
            execution.committed();
        } finally {
            applied = execution.applied();
            execution.end();
        }
    }
}
