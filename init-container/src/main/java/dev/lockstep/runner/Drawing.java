package dev.lockstep.runner;

import dev.lockstep.graph.Revision;
import dev.lockstep.script.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The graph as text, newest revision first: a column for each line of descent, as `git log --graph` has made known.
final class Drawing {
    private final List<Version> columns = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private Drawing() {}

    /// @param revisions newest first
    /// @param words what is written beside each
    static List<String> of(List<Revision> revisions, Function<Revision, String> words) {
        var drawing = new Drawing();
        revisions.forEach(revision -> drawing.add(revision, words.apply(revision)));
        return drawing.lines;
    }

    private void add(Revision revision, String words) {
        int at = columns.indexOf(revision.version());
        if (at < 0) {
            at = columns.size();
            columns.add(revision.version());
        }
        join(revision.version(), at);
        lines.add(marks(at) + " " + words);
        var parents = revision.parents();
        columns.remove(at);
        columns.addAll(at, parents);
        if (parents.size() > 1) {
            lines.add(bars(at + 1) + "\\ ".repeat(parents.size() - 1).stripTrailing());
        }
    }

    /// Several lines of descent that meet in one revision become one.
    private void join(Version version, int at) {
        for (int i = columns.lastIndexOf(version); i > at; i = columns.lastIndexOf(version)) {
            columns.remove(i);
            lines.add(bars(i) + "/");
        }
    }

    private String marks(int at) {
        var marks = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            marks.append(i == at ? "* " : "| ");
        }
        return marks.toString().stripTrailing();
    }

    private static String bars(int count) {
        return "| ".repeat(count).stripTrailing() + (count > 0 ? "" : " ");
    }
}
