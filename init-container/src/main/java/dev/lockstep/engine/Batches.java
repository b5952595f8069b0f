package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.Ranges;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Step;
import dev.lockstep.script.Batch;
import dev.lockstep.script.Kind;
import dev.lockstep.script.Script;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Runs a statement range by range of a key. Each range is one transaction with the note of how far it came, so a run
/// that dies at any moment does at most the range at work again, and that one was rolled back.
final class Batches {
    /// What an app waits at most for rows that it wants too; the size of the ranges adapts to it.
    private static final Duration AIM = Duration.ofMillis(75);

    private static final String AGAIN = "S";
    private static final int FIRST = 1000;
    private static final int FEWEST = 10;
    private static final int MOST = 200_000;
    private static final int WALKS_MOST = 20;
    private static final Duration TOLD_EVERY = Duration.ofSeconds(2);

    private final Session session;
    private final Attempts attempts;
    private final Engine.Surroundings around;
    private final Ranges ranges;
    private final Throttle throttle;
    private final Settings.Bounds bounds;

    Batches(Session session, Settings settings, Attempts attempts, Engine.Surroundings around) {
        this.session = session;
        this.throttle = new Throttle(session, settings.bounds().replicaLag(), around);
        this.bounds = settings.bounds();
        this.attempts = attempts;
        this.around = around;
        this.ranges = Ranges.of(session.dialect().address());
    }

    /// The note stays until the history has the script: who dies before that must not begin at the first row again.
    ///
    /// @param resumes an earlier run has begun this script; otherwise a note of it is one of another time
    /// @param timeout of one range's wait for locks
    Attempts.Effort run(Step step, Batch batch, boolean resumes, Duration timeout, Supplier<String> place)
            throws Refusal {
        return walk(name(step.script()), step, batch, resumes, timeout, place).effort();
    }

    /// Runs one again that has been applied. Its note, which is of this text only, stays for the next attempt.
    ///
    /// @param resumes an earlier attempt has begun, and nobody has written since what it was for
    /// @return rows that it changed
    long again(Step step, Batch batch, boolean resumes, Duration timeout, Supplier<String> place) throws Refusal {
        var name =
                AGAIN + step.script().number().canonical() + "/" + step.script().checksum();
        return walk(name, step, batch, resumes, timeout, place).changed;
    }

    /// What was run again is run from the first row the next time.
    static void forgetAgain(Connection connection, Dialect dialect) throws SQLException {
        forget(connection, dialect, AGAIN + "%");
    }

    private Walk walk(String name, Step step, Batch batch, boolean resumes, Duration timeout, Supplier<String> place)
            throws Refusal {
        try {
            session.on(connection -> {
                ranges.begin(connection);
                if (!resumes) {
                    ranges.forget(connection, name);
                }
                return true;
            });
            var walk = new Walk(name, step, batch, timeout, place);
            walk.run();
            return walk;
        } finally {
            session.on(connection -> {
                ranges.leave(connection);
                return true;
            });
        }
    }

    /// What the script did is known: to the history, or to a person.
    static void forget(Connection connection, Dialect dialect, Script script) throws SQLException {
        forget(connection, dialect, name(script));
    }

    private static void forget(Connection connection, Dialect dialect, String name) throws SQLException {
        var ranges = Ranges.of(dialect.address());
        if (ranges.isThere(connection)) {
            ranges.end(connection, name);
        }
    }

    private static String name(Script script) {
        return (script.kind() == Kind.UNDO ? "U" : "V") + script.number().canonical();
    }

    /// One script's way through its table.
    private final class Walk {
        private final Step step;
        private final Batch batch;
        private final Duration timeout;
        private final Supplier<String> place;
        private final List<String> key;
        private final Optional<Long> total;
        private final long begun = System.nanoTime();
        private final long rowsBefore;
        private final int most;
        private final Duration rest;
        private Ranges.Note note;
        private int size;
        private long told = System.nanoTime();
        private boolean more = true;
        private int tries = 1;
        private int walks;
        private long changed;
        private long changedLast;

        Walk(String name, Step step, Batch batch, Duration timeout, Supplier<String> place) throws Refusal {
            this.step = step;
            this.batch = batch;
            this.timeout = timeout;
            this.place = place;
            this.key = new WalkKey(session, ranges, attempts, timeout).of(batch, place);
            this.note = begin(name);
            this.rowsBefore = note.rows();
            this.most = batch.rows().or(bounds::batchRows).orElse(MOST);
            this.rest = batch.pause().orElse(bounds.batchPause());
            this.size = Math.min(FIRST, most);
            this.total = Optional.ofNullable(session.on(connection -> session.dialect()
                            .rows(connection, Set.of(batch.table().toLowerCase(Locale.ROOT))))
                    .get(batch.table().toLowerCase(Locale.ROOT)));
        }

        private Ranges.Note begin(String name) throws Refusal {
            var script = step.script();
            var earlier = session.on(connection -> ranges.note(connection, name));
            if (earlier.filter(it -> it.checksum() != script.checksum()).isPresent()) {
                throw new Refusal(
                        Code.Uncertain,
                        script.file() + ":1",
                        "was edited after " + earlier.get().rows() + " rows",
                        "bring its text back to go on; or let it begin at the first row again: lockstep repair --undone "
                                + script.number());
            }
            return earlier.orElse(new Ranges.Note(name, script.checksum(), Optional.empty(), 0));
        }

        void run() throws Refusal {
            while (more) {
                around.stop().check();
                var effort = attempts.until(place, timeout, this::range);
                tries += effort.attempts() - 1;
                adapt(effort);
                refuseEndless();
                tell();
                if (more) {
                    throttle.pause(rest);
                    throttle.rest();
                }
            }
        }

        Attempts.Effort effort() {
            return new Attempts.Effort(tries, Duration.ofNanos(System.nanoTime() - begun), Optional.of(note.rows()));
        }

        private void range() throws SQLException, Refusal {
            var connection = session.connection();
            var next = OneTransaction.of(connection, () -> oneRange(connection));
            more = next.isPresent();
            note = next.orElse(note);
            changed += more ? changedLast : 0;
        }

        private Optional<Ranges.Note> oneRange(Connection connection) throws SQLException {
            var range = ranges.next(connection, batch.table(), batch.alias(), key, note.position(), size);
            if (range.isEmpty()) return Optional.empty();
            var next = carryOut(connection, range.get());
            ranges.keep(connection, next);
            return Optional.of(next);
        }

        private Ranges.Note carryOut(Connection connection, Ranges.Range range) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute(step.script().text().replace(Batch.MARKER, range.condition()));
                changedLast = Math.max(0, statement.getUpdateCount());
                var position = ranges.done(key, range, changedLast);
                return new Ranges.Note(
                        note.script(), note.checksum(), Optional.of(position), note.rows() + range.rows());
            }
        }

        /// Never more than twice as many at once as before.
        private void adapt(Attempts.Effort effort) {
            double ratio = AIM.toNanos() / (double) Math.max(1, effort.took().toNanos());
            double wanted = size * Math.clamp(ratio, 0.25, 2);
            size = (int) Math.clamp(wanted, Math.min(FEWEST, most), most);
        }

        /// Page by page, each walk has to find fewer rows to change.
        private void refuseEndless() throws Refusal {
            walks += more && ranges.endsWalk(key, note) ? 1 : 0;
            if (walks > WALKS_MOST) {
                throw new Refusal(
                        Code.StatementFailed,
                        place.get(),
                        "finds rows to change on every walk through the table",
                        "its WHERE has to leave out the rows that are done");
            }
        }

        private void tell() {
            if (more && System.nanoTime() - told >= TOLD_EVERY.toNanos()) {
                told = System.nanoTime();
                double seconds = (told - begun) / 1e9;
                double speed = (note.rows() - rowsBefore) / seconds;
                around.listener().hear(new Event.Progress(step, note.rows(), total, Math.round(speed)));
            }
        }
    }
}
