package dev.lockstep.graph;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Script;
import dev.lockstep.script.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Turns the names in the headers into versions and refuses what is no graph.
final class Links {
    private final NavigableMap<Version, Script> ups = new TreeMap<>();
    private final Map<Version, Script> downs = new HashMap<>();
    private final NavigableMap<Version, Script> baselines = new TreeMap<>();
    private final Map<String, Version> names = new HashMap<>();
    private final Set<String> labels = new HashSet<>();

    Links(List<Script> scripts) throws Refusal {
        for (var script : scripts) {
            switch (script.kind()) {
                case VERSIONED -> ups.put(script.number(), script);
                case UNDO -> downs.put(script.number(), script);
                case REPEATABLE -> refuseParents(script);
                case BASELINE -> baselines.put(script.number(), script);
            }
        }
        baselines.forEach(ups::putIfAbsent);
        for (var script : ups.values()) {
            name(script);
            label(script);
        }
    }

    private static void refuseParents(Script script) throws Refusal {
        var header = script.header();
        if (header.revises().isPresent()
                || header.alias().isPresent()
                || !header.depends().isEmpty()) {
            throw refuse(script, "a repeatable has no place in the graph", "delete Revision, Revises and Depends");
        }
    }

    /// A baseline is a revision where nobody wrote its version as a script of its own.
    NavigableMap<Version, Script> baselines() {
        return baselines;
    }

    private void name(Script script) throws Refusal {
        var alias = script.header().alias();
        if (alias.isEmpty()) {
            return;
        }
        var other = Optional.ofNullable(names.put(alias.get(), script.number()))
                .or(() -> Version.parse(alias.get()).filter(v -> ups.containsKey(v) && !v.equals(script.number())));
        if (other.isPresent()) {
            throw refuse(
                    script, "the name " + alias.get() + " belongs to version " + other.get() + " too", "rename one");
        }
    }

    private void label(Script script) throws Refusal {
        var label = script.header().label();
        if (label.isPresent() && !labels.add(label.get())) {
            throw refuse(script, "the label " + label.get() + " is given twice", "rename one");
        }
    }

    NavigableMap<Version, Revision> draw() throws Refusal {
        var revisions = new TreeMap<Version, Revision>();
        for (var script : ups.values()) {
            var down = Optional.ofNullable(downs.get(script.number()));
            var depends = resolve(script, script.header().depends());
            revisions.put(script.number(), new Revision(script, down, parents(script), depends));
        }
        refuseYoungerParents(revisions);
        return revisions;
    }

    private List<Version> parents(Script script) throws Refusal {
        if (script.header().revises().isPresent()) {
            return resolve(script, script.header().revises().get());
        }
        var before = ups.lowerKey(script.number());
        return before == null ? List.of() : List.of(before);
    }

    private List<Version> resolve(Script script, List<String> words) throws Refusal {
        var versions = new ArrayList<Version>();
        for (var word : words) {
            versions.add(resolve(script, word));
        }
        return versions;
    }

    private Version resolve(Script script, String word) throws Refusal {
        var version = Optional.ofNullable(names.get(word))
                .or(() -> Version.parse(word).filter(ups::containsKey));
        if (version.isEmpty()) {
            throw refuse(script, "names the revision " + word + ", which no script has", "correct Revises or Depends");
        }
        return version.get();
    }

    private static List<Version> before(Revision revision) {
        var before = new ArrayList<>(revision.parents());
        before.addAll(revision.depends());
        return before;
    }

    private static void refuseYoungerParents(NavigableMap<Version, Revision> revisions) throws Refusal {
        for (var revision : revisions.values()) {
            for (var parent : before(revision)) {
                if (parent.compareTo(revision.version()) >= 0) {
                    throw younger(revision, parent, revisions);
                }
            }
        }
    }

    /// Every cycle has a parent that is not older than its child, so this is the only place to look for one.
    private static Refusal younger(Revision child, Version parent, NavigableMap<Version, Revision> revisions) {
        return ancestors(parent, revisions).contains(child.version())
                ? refuse(child.up(), "is its own ancestor: the parents form a cycle", "correct Revises or Depends")
                : refuse(
                        child.up(),
                        "has the version " + child.version() + ", not greater than its parent's " + parent,
                        "rename the file to a greater version");
    }

    private static Set<Version> ancestors(Version from, NavigableMap<Version, Revision> revisions) {
        var seen = new HashSet<Version>();
        var open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            var revision = revisions.get(open.pop());
            if (revision != null && seen.add(revision.version())) {
                open.addAll(before(revision));
            }
        }
        return seen;
    }

    private static Refusal refuse(Script script, String message, String remedy) {
        return new Refusal(Code.GraphInvalid, script.file() + ":1", message, remedy);
    }
}
