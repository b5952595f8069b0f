package dev.lockstep.engine;

import dev.lockstep.backup.PostgresDump;
import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.Extent;
import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import dev.lockstep.lint.Verdict;
import dev.lockstep.plan.Direction;
import dev.lockstep.plan.Step;
import dev.lockstep.script.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tries the scripts on an empty database: each revision up, down and up again, then all the way down and up once
/// more. After each way down the schema has to be what it was before, after each way up what it was the first time.
public final class Rehearsal {
    /// Lines of a difference that are shown.
    private static final int LINES = 6;

    private final Session session;
    private final Graph graph;
    private final Settings settings;
    private final Engine.Surroundings around;
    private final Listener listener;
    private final List<List<String>> snapshots = new ArrayList<>();
    private final Set<String> fresh = new HashSet<>();
    private int findings;

    /// Hears of each revision.
    public interface Listener {
        /// Up, down and up again.
        void passed(Revision revision);

        /// Nobody wrote how to take it back.
        void oneWay(Revision revision);

        void failed(Failure failure);
    }

    private Rehearsal(Session session, Graph graph, Settings settings, Engine.Surroundings around, Listener listener) {
        this.session = session;
        this.graph = graph;
        this.settings = settings;
        this.around = around;
        this.listener = listener;
    }

    /// On a database made for it beside the given one, which is not touched.
    ///
    /// @param name of that database
    /// @return how many findings there were
    /// @throws Refusal a way up that fails, for then nothing can follow; a database that cannot be made
    public static int run(
            Dialect dialect, String name, Graph graph, Settings settings, Engine.Surroundings around, Listener listener)
            throws Refusal {
        try (var session = Session.open(dialect, "lockstep/" + name)) {
            session.on(connection -> {
                dialect.sweepBeside(connection);
                return true;
            });
            try {
                var scratch = session.on(connection -> dialect.createBeside(connection, name));
                return inside(scratch, graph, settings, around, listener);
            } finally {
                session.on(connection -> {
                    dialect.dropBeside(connection, name);
                    return true;
                });
            }
        }
    }

    private static int inside(
            Dialect scratch, Graph graph, Settings settings, Engine.Surroundings around, Listener listener)
            throws Refusal {
        try (var inside = Session.open(scratch, settings, around)) {
            return new Rehearsal(inside, graph, settings, around, listener).run();
        } catch (Refusal e) {
            throw around.stop().asked().map(Rehearsal::ended).orElse(e);
        }
    }

    private static Refusal ended(Code code) {
        return new Refusal(
                code,
                "",
                "the rehearsal was ended from outside",
                "nothing is left of it; begin it again when you like");
    }

    private int run() throws Refusal {
        snapshots.add(snapshot());
        for (var revision : graph.revisions()) {
            up(revision);
            snapshots.add(snapshot());
            if (revision.down().isEmpty()) {
                listener.oneWay(revision);
            } else if (backAndForth(revision, snapshots.size() - 1)) {
                listener.passed(revision);
            }
        }
        for (var script : graph.repeatables()) {
            up(new Step(script, Optional.empty(), Verdict.of(script, fresh), Direction.up));
        }
        allTheWay();
        return findings;
    }

    private boolean backAndForth(Revision revision, int at) throws Refusal {
        if (!down(revision)) {
            return false;
        }
        boolean same = compare(revision.down().orElseThrow(), at - 1, "does not bring back what was there before");
        up(revision);
        return compare(revision.up(), at, "makes something else after its down script than before") && same;
    }

    /// As far down as there are scripts; what two neighbours hide from each other shows here.
    private void allTheWay() throws Refusal {
        int at = snapshots.size() - 1;
        boolean same = graph.repeatables().isEmpty();
        while (at > 0 && graph.revisions().get(at - 1).down().isPresent()) {
            var revision = graph.revisions().get(at - 1);
            if (!down(revision)) {
                return;
            }
            at--;
            same = same && compare(revision.down().orElseThrow(), at, "does not bring back what was there before");
        }
        for (int i = at; i < graph.revisions().size(); i++) {
            up(graph.revisions().get(i));
        }
        if (same && !graph.revisions().isEmpty()) {
            compare(graph.revisions().getLast().up(), snapshots.size() - 1, "ends elsewhere the second time");
        }
    }

    private void up(Revision revision) throws Refusal {
        var verdict = Verdict.of(revision.up(), fresh);
        fresh.addAll(verdict.creates());
        up(new Step(revision.up(), Optional.of(revision), verdict, Direction.up));
    }

    private void up(Step step) throws Refusal {
        var callbacks = new Callbacks(session, graph.callbacks());
        var attempts = new Attempts(session, around, callbacks.surroundEach());
        var execution = new Execution(session, settings, attempts, around, 1, session.look(), callbacks.surroundEach());
        try {
            FlywayAdapter.migrate(session, List.of(step), execution, callbacks);
            execution.committed();
        } finally {
            execution.end();
        }
    }

    private boolean down(Revision revision) throws Refusal {
        var script = revision.down().orElseThrow();
        var step = new Step(script, Optional.of(revision), Verdict.of(script, Set.of()), Direction.down);
        var attempts = new Attempts(session, around, false);
        try {
            new Reversal(session, settings, attempts, around, session.look()).run(List.of(step));
            return true;
        } catch (Refusal refusal) {
            around.stop().check();
            find(refusal.failure());
            return false;
        }
    }

    private boolean compare(Script script, int at, String message) throws Refusal {
        var now = snapshot();
        var then = snapshots.get(at);
        if (now.equals(then)) {
            return true;
        }
        find(new Failure(
                Code.NotReversible,
                script.file() + ":1",
                message + ": " + difference(then, now),
                "correct the script, or the one that takes it back"));
        return false;
    }

    private void find(Failure failure) {
        findings++;
        listener.failed(failure);
    }

    private static String difference(List<String> then, List<String> now) {
        var lines = new ArrayList<String>();
        then.stream().filter(line -> !now.contains(line)).forEach(line -> lines.add("- " + line.strip()));
        now.stream().filter(line -> !then.contains(line)).forEach(line -> lines.add("+ " + line.strip()));
        if (lines.isEmpty()) {
            return "the same lines in another order";
        }
        var shown = String.join(" | ", lines.subList(0, Math.min(LINES, lines.size())));
        return lines.size() > LINES ? shown + " | and " + (lines.size() - LINES) + " more" : shown;
    }

    private List<String> snapshot() throws Refusal {
        var told = session.on(session.dialect()::definitions);
        if (told.isPresent()) {
            return Columns.byName(told.get());
        }
        return Columns.byName(
                switch (session.dialect().address()) {
                    case Address.Postgresql postgresql ->
                        dump(postgresql)
                                .definitions(List.of(
                                        postgresql.history(),
                                        "lockstep_schema",
                                        "lockstep_journal",
                                        "lockstep_objects"));
                    case Address.Sqlite sqlite -> List.of();
                });
    }

    private PostgresDump dump(Address.Postgresql address) {
        var tools = settings.backups().flatMap(Settings.Saving::tools);
        return new PostgresDump(
                address, Extent.of(address.schema()), tools, line -> {}, around.stop()::check, () -> {});
    }

    /// The folder of a SQLite file that a rehearsal may fill.
    public static Dialect in(Path folder) {
        return Dialect.of(new Address.Sqlite(folder.resolve("here.db")));
    }
}
