package dev.lockstep.plan;

import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Entry;
import dev.lockstep.history.History;
import dev.lockstep.script.Script;
import dev.lockstep.script.Version;
import java.util.Optional;

/// Do scripts and history tell the same past? Where they do not, nothing may be run.
final class Agreement {
    private Agreement() {}

    /// @throws Refusal `Uncertain`, `ChecksumMismatch` or `MissingScript`
    static void check(Graph graph, History history) throws Refusal {
        for (var failed : history.failed()) {
            throw new Refusal(
                    Code.Uncertain,
                    failed.script() + ":1",
                    "failed outside a transaction, so what it did is not known",
                    "look at the database and undo the script by hand, then lockstep repair");
        }
        var newest = graph.revisions().isEmpty()
                ? Optional.<Version>empty()
                : Optional.of(graph.revisions().getLast().version());
        for (var entry : history.applied().entrySet()) {
            check(entry.getKey(), entry.getValue(), graph, history, newest);
        }
    }

    private static void check(Version version, Entry entry, Graph graph, History history, Optional<Version> newest)
            throws Refusal {
        if (entry.type().contains("BASELINE")
                || history.baseline().filter(b -> version.compareTo(b) <= 0).isPresent()) {
            return;
        }
        var revision = graph.find(version);
        if (revision.isPresent()) {
            checksum(revision.get().up(), entry);
        } else if (newest.filter(last -> version.compareTo(last) < 0).isPresent()) {
            throw new Refusal(
                    Code.MissingScript,
                    entry.script(),
                    "version " + version + " was applied, but its script is gone",
                    "bring the file back; if it is gone for good, lockstep repair lets it count as taken back");
        }
    }

    private static void checksum(Script script, Entry entry) throws Refusal {
        if (entry.checksum().filter(sum -> sum != script.checksum()).isPresent()) {
            throw new Refusal(
                    Code.ChecksumMismatch,
                    script.file() + ":1",
                    "the script was edited after it was applied",
                    "restore it as it was, and write the change as a new script; or lockstep repair takes the file as it is now");
        }
    }
}
