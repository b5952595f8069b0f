package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.Dialect.Blocker;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Locks that a run does not get: it tells who is in the way, pauses, and gives up when the budget is spent.
final class Contention implements AutoCloseable {
    private final Dialect dialect;
    private final Connection connection;
    private final Settings settings;
    private final Engine.Surroundings around;
    private final List<String> blockers = new ArrayList<>();
    private Optional<Watch> watch = Optional.empty();

    /// @param connection the run's
    Contention(Dialect dialect, Connection connection, Settings settings, Engine.Surroundings around) {
        this.dialect = dialect;
        this.connection = connection;
        this.settings = settings;
        this.around = around;
    }

    /// A whole budget.
    Patience patience() {
        return new Patience(settings.lockBudget(), around.random(), around.stop());
    }

    /// After an attempt that met a lock.
    ///
    /// @param place file and line, or the database
    /// @return who was seen in the way
    /// @throws Refusal `LockBudgetExceeded`, or why the run has to end
    List<Blocker> pause(String place, int attempt, Patience patience) throws Refusal {
        var inTheWay = tell(place, attempt);
        if (patience.exhausted()) {
            throw exceeded(place, attempt, inTheWay);
        }
        patience.pause();
        while (!patience.exhausted() && goesOn(inTheWay)) {
            patience.pause();
        }
        return inTheWay;
    }

    /// Another attempt would stop the application once more, only to meet the same transaction. An autovacuum has to be
    /// met, though, to give way.
    private boolean goesOn(List<Blocker> inTheWay) {
        try {
            for (var blocker : inTheWay) {
                if (!blocker.cleaning() && dialect.goesOn(connection, blocker)) {
                    return true;
                }
            }
            return false;
        } catch (SQLException unknown) {
            return false;
        }
    }

    /// The first failure opens the watch, so the second knows whom to name.
    private List<Blocker> tell(String place, int attempt) {
        if (watch.isEmpty()) {
            watch = open();
            return List.of();
        }
        var seen = watch.map(Watch::take).orElse(List.of());
        for (var blocker : seen) {
            around.listener().hear(new Event.Blocked(place, attempt, blocker.shown()));
            note(blocker);
        }
        return seen;
    }

    private void note(Blocker blocker) {
        synchronized (blockers) {
            if (blockers.stream().noneMatch(line -> line.startsWith("pid " + blocker.backend() + ","))) {
                blockers.add(blocker.shown());
            }
        }
    }

    /// Says for whom a statement waits that has no limit, until closed.
    Vigil vigil(String place) throws SQLException {
        return new Vigil(dialect, "lockstep/watch/" + settings.run(), dialect.backend(connection), (blocker, since) -> {
            around.listener().hear(new Event.Waiting(place, since, blocker.shown()));
            note(blocker);
        });
    }

    private Optional<Watch> open() {
        try {
            return Optional.of(Watch.over(dialect, connection, settings.run()));
        } catch (Refusal | SQLException e) {
            around.listener().hear(new Event.Detail("who is in the way cannot be seen: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private Refusal exceeded(String place, int attempts, List<Blocker> last) {
        var who = last.stream().map(Blocker::shown).findFirst().orElse(dialect.unseen());
        return new Refusal(
                Code.LockBudgetExceeded,
                place,
                "no lock in " + attempts + " attempts over "
                        + settings.lockBudget().toSeconds() + " s; in the way: " + who,
                "end that session or wait, then run again: what was tried here was rolled back");
    }

    /// Everybody who was seen in the way, each once.
    List<String> blockers() {
        synchronized (blockers) {
            return List.copyOf(blockers);
        }
    }

    @Override
    public void close() {
        watch.ifPresent(Watch::close);
    }
}
