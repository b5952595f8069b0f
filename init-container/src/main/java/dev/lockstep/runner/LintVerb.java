package dev.lockstep.runner;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Goal;
import dev.lockstep.engine.Past;
import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Refusal;
import dev.lockstep.lint.Finding;
import dev.lockstep.lint.Lint;
import dev.lockstep.lint.Rule;
import dev.lockstep.plan.Step;
import dev.lockstep.script.Script;
import dev.lockstep.script.Version;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What will hurt, told before anything runs. Asks no database unless it is to tell what is pending.
@Command(
        description = {
            "Say what scripts do that hurts a running app or loses data, and what to write instead.",
            "Exit 6 for an error. A script's header may allow what somebody decided about: -- Lint-allow: rule, rule"
        })
final class LintVerb implements Cli.Verb {
    private static final int FOUND = 6;

    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Option(names = "--since", paramLabel = "REV", description = "Only scripts of versions after this revision's.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--pending", description = "Only scripts that the database does not have yet.")
    private boolean pending;

    @Option(names = "--strict", description = "Exit 6 for a warning too.")
    private boolean strict;

    LintVerb(Cli cli) {
        this.cli = cli;
    }

    private record Shown(String rule, Rule.Level level, String file, int line, String message, List<String> instead) {
        static Shown of(Finding finding) {
            return new Shown(
                    finding.rule().word(),
                    finding.rule().level(),
                    finding.file(),
                    finding.line(),
                    finding.message(),
                    finding.instead());
        }
    }

    @Override
    public Integer call() throws Refusal {
        var graph = place.graph(cli);
        var wanted = wanted(graph);
        var all = all(graph);
        var scripts = all.stream().filter(wanted.scripts()).toList();
        var findings = new Lint(place.vendor(), all).of(scripts, wanted.empty());
        if (cli.output() == Output.json) {
            cli.world()
                    .out()
                    .println(Json.write(findings.stream().map(Shown::of).toList()));
        } else {
            findings.forEach(this::tell);
            cli.world().out().println(sum(findings, scripts.size()));
        }
        return findings.stream().anyMatch(this::counts) ? FOUND : 0;
    }

    private boolean counts(Finding finding) {
        return strict || finding.rule().level() == Rule.Level.error;
    }

    private void tell(Finding finding) {
        var rule = finding.rule();
        var out = cli.world().out();
        out.println("%s:%d: %s: %s: %s"
                .formatted(finding.file(), finding.line(), rule.level(), rule.word(), finding.message()));
        finding.instead().forEach(line -> out.println("    " + line));
    }

    private static String sum(List<Finding> findings, int scripts) {
        long errors = findings.stream()
                .filter(it -> it.rule().level() == Rule.Level.error)
                .count();
        return count(errors, "error") + ", " + count(findings.size() - errors, "warning") + " in "
                + count(scripts, "script");
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /// In the order in which they run; down scripts after all.
    private static List<Script> all(Graph graph) {
        var ups = graph.revisions().stream().map(Revision::up);
        var downs = graph.revisions().stream().flatMap(it -> it.down().stream());
        return Stream.of(ups, graph.repeatables().stream(), downs)
                .flatMap(it -> it)
                .toList();
    }

    /// @param empty is the database without tables?
    private record Wanted(Predicate<Script> scripts, boolean empty) {}

    private Wanted wanted(Graph graph) throws Refusal {
        Optional<Version> after =
                since.isPresent() ? Optional.of(graph.one(since.get()).version()) : Optional.empty();
        Predicate<Script> late = it -> after.isEmpty()
                || it.version().filter(v -> v.compareTo(after.get()) > 0).isPresent();
        if (!pending) {
            return new Wanted(late, false);
        }
        var dialect = place.dialect();
        var steps = steps(dialect, graph);
        boolean empty = Past.of(dialect).history().applied().isEmpty();
        return new Wanted(late.and(steps::contains), empty);
    }

    /// What would run, and what would take that back.
    private List<Script> steps(Dialect dialect, Graph graph) throws Refusal {
        var settings = Limits.without("lint", Goal.up("heads"), Patience.BUDGET);
        var ups = Engine.plan(dialect, graph, settings).steps().stream()
                .map(Step::script)
                .toList();
        var downs = graph.revisions().stream()
                .filter(revision -> ups.contains(revision.up()))
                .flatMap(revision -> revision.down().stream());
        return Stream.concat(ups.stream(), downs).toList();
    }
}
