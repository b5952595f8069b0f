package dev.lockstep.graph;

import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Callback;
import dev.lockstep.script.Catalogue;
import dev.lockstep.script.Kind;
import dev.lockstep.script.Script;
import dev.lockstep.script.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// All revisions by version. A child's version is greater than every parent's, so the order of the versions,
/// which is
/// Flyway's, is an order of the graph.
public final class Graph {
    private final NavigableMap<Version, Revision> revisions;
    private final List<Script> repeatables;

    private final NavigableMap<Version, Script> baselines;
    private final List<Callback> callbacks;

    private Graph(
            NavigableMap<Version, Revision> revisions,
            List<Script> repeatables,
            NavigableMap<Version, Script> baselines,
            List<Callback> callbacks) {
        this.revisions = revisions;
        this.repeatables = repeatables;
        this.baselines = baselines;
        this.callbacks = callbacks;
    }

    /// Draws the graph.
    ///
    /// @throws Refusal `GraphInvalid` with file and line: an unknown or younger parent, an alias given twice, a
    /// cycle
    public static Graph of(Catalogue catalogue) throws Refusal {
        var scripts = catalogue.scripts();
        var repeatables = scripts.stream()
                .filter(script -> script.kind() == Kind.REPEATABLE)
                .sorted(Comparator.comparing(Script::description))
                .toList();
        var links = new Links(scripts);
        return new Graph(links.draw(), repeatables, links.baselines(), catalogue.callbacks());
    }

    /// Every revision, oldest version first.
    public List<Revision> revisions() {
        return List.copyOf(revisions.values());
    }

    /// In Flyway's order: by description as plain text.
    public List<Script> repeatables() {
        return repeatables;
    }

    /// The newest script that stands for everything up to its version, of those that do not reach beyond `tip`.
    public Optional<Script> baseline(Version tip) {
        return Optional.ofNullable(baselines.floorEntry(tip)).map(Map.Entry::getValue);
    }

    /// What Flyway runs around the scripts.
    public List<Callback> callbacks() {
        return callbacks;
    }

    public Optional<Revision> find(Version version) {
        return Optional.ofNullable(revisions.get(version));
    }

    public boolean isEmpty() {
        return revisions.isEmpty() && repeatables.isEmpty() && callbacks.isEmpty();
    }

    /// Revisions that nothing follows, oldest version first.
    public List<Revision> heads() {
        var followed = new HashSet<Version>();
        revisions.values().forEach(revision -> followed.addAll(revision.parents()));
        return revisions.values().stream()
                .filter(revision -> !followed.contains(revision.version()))
                .toList();
    }

    /// Revisions that follow this one directly, oldest version first.
    public List<Revision> children(Version version) {
        return revisions.values().stream()
                .filter(revision -> revision.parents().contains(version))
                .toList();
    }

    /// This revision and all that follow it or depend on it.
    public Set<Version> descendants(Version from) {
        var found = new TreeSet<>(Set.of(from));
        for (var revision : revisions.tailMap(from, false).values()) {
            if (Stream.concat(revision.parents().stream(), revision.depends().stream())
                    .anyMatch(found::contains)) {
                found.add(revision.version());
            }
        }
        return found;
    }

    /// Of these, the revisions that none of the others follows, oldest version first.
    public List<Revision> tips(Set<Version> versions) {
        var followed = new HashSet<Version>();
        versions.stream().flatMap(version -> find(version).stream()).forEach(it -> followed.addAll(it.parents()));
        return revisions.values().stream()
                .filter(it -> versions.contains(it.version()) && !followed.contains(it.version()))
                .toList();
    }

    /// The revision at which the branch of this name starts.
    public Optional<Revision> labelled(String label) {
        return revisions.values().stream()
                .filter(revision -> revision.up().header().label().equals(Optional.of(label)))
                .findFirst();
    }

    /// The one revision that a target names.
    ///
    /// @throws Refusal `MultipleHeads`, or `GraphInvalid` for a word that names none or leads from somewhere
    public Revision one(String word) throws Refusal {
        var tips = Target.of(this, word, Set.of()).tips();
        if (tips.size() != 1) {
            throw new Ascent(this, word).refuse("names " + tips.size() + " revisions", "name one");
        }
        return find(tips.getFirst()).orElseThrow();
    }

    /// The given revisions and all that must be applied for them, oldest version first.
    public Set<Version> closure(List<Version> tips) {
        var closure = new TreeSet<Version>();
        var open = new ArrayDeque<>(tips);
        while (!open.isEmpty()) {
            var version = open.pop();
            if (closure.add(version)) {
                find(version).ifPresent(revision -> {
                    open.addAll(revision.parents());
                    open.addAll(revision.depends());
                });
            }
        }
        return closure;
    }

    /// The revisions that a person's word stands for: a version, an alias, or the beginning of exactly one of
    /// them.
    public List<Revision> named(String word) {
        var exact = exactly(word);
        if (exact.isPresent()) {
            return List.of(exact.get());
        }
        var matches = new ArrayList<Revision>();
        for (var revision : revisions.values()) {
            if (revision.title().startsWith(word) || revision.version().text().startsWith(word)) {
                matches.add(revision);
            }
        }
        return matches;
    }

    private Optional<Revision> exactly(String word) {
        var byAlias = revisions.values().stream()
                .filter(revision -> revision.up().header().alias().equals(Optional.of(word)))
                .findFirst();
        return byAlias.or(() -> Version.parse(word).flatMap(this::find));
    }
}
