package dev.lockstep.lint;

import dev.lockstep.lint.Effect.Weight;
import dev.lockstep.script.Phase;
import dev.lockstep.script.Statement;
import dev.lockstep.script.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a script's statements go together.
record ScriptChecks(Sight sight) {

    Stream<Finding> all() {
        return Stream.of(phases(), enums(), underLock(), outside(), unknown()).flatMap(it -> it);
    }

    private Finding found(Rule rule, int line, String message, String... instead) {
        return new Finding(rule, sight.script().file(), line, message, List.of(instead));
    }

    private Stream<Finding> phases() {
        var verdict = Verdict.of(sight.script(), sight.fresh());
        var contracting = verdict.firstContracting();
        if (contracting.isEmpty()) {
            return Stream.empty();
        }
        var effect = contracting.get();
        if (verdict.mixed()) {
            var adds = verdict.effects().stream()
                    .filter(it -> it.weight() == Weight.ADDING)
                    .findFirst();
            return Stream.of(found(
                    Rule.MixedPhases,
                    effect.line(),
                    "this " + effect.why() + ", and line "
                            + adds.map(Effect::line).orElse(1) + " adds something",
                    "move what takes away into a later script"));
        }
        var said = sight.script().header().phase().filter(phase -> phase != Phase.CONTRACT);
        return said.stream()
                .map(phase -> found(
                        Rule.PhaseContradicted,
                        effect.line(),
                        "the header says " + phase.word() + ", and this " + effect.why(),
                        "-- Phase: contract"));
    }

    /// A new value of an enum may be used after its transaction only.
    /// Source: PostgreSQL documentation, ALTER TYPE, Notes.
    private Stream<Finding> enums() {
        var added = new HashSet<String>();
        var findings = new ArrayList<Finding>();
        for (var statement : sight.script().statements()) {
            statement.tokens().stream()
                    .filter(token -> token.type() == Token.Type.Literal && added.contains(token.text()))
                    .findFirst()
                    .ifPresent(token -> findings.add(found(
                            Rule.EnumValueAtOnce,
                            token.line(),
                            token.text() + " is added by this script and not to be used in it",
                            "use it in a later script")));
            if (statement.begins("alter", "type") && statement.has("add", "value")) {
                statement.tokens().stream()
                        .filter(token -> token.type() == Token.Type.Literal)
                        .findFirst()
                        .ifPresent(token -> added.add(token.text()));
            }
        }
        return findings.stream();
    }

    /// What happens while an `ALTER TABLE` of the same transaction keeps everybody out.
    private Stream<Finding> underLock() {
        var locked = new ArrayList<String>();
        var findings = new ArrayList<Finding>();
        for (var statement : sight.script().header().outsideTransaction()
                ? List.<Statement>of()
                : sight.script().statements()) {
            for (var lock : Locks.of(statement)) {
                var table = Sight.bare(lock.table());
                boolean writes = lock.strength() == Strength.ROW_EXCLUSIVE;
                if (writes && locked.contains(table) && !statement.has("values")) {
                    findings.add(found(
                            Rule.RowsUnderLock,
                            statement.line(),
                            "readers of " + table + " wait until these rows are written",
                            "move it into the next script"));
                }
                if (lock.strength() == Strength.ACCESS_EXCLUSIVE && sight.old(table) && !locked.contains(table)) {
                    locked.add(table);
                    several(locked, statement).ifPresent(findings::add);
                }
            }
        }
        return findings.stream();
    }

    private Optional<Finding> several(List<String> locked, Statement statement) {
        return locked.size() == 2
                ? Optional.of(found(
                        Rule.SeveralTables,
                        statement.line(),
                        locked.getFirst() + " stays locked while this waits for " + locked.getLast(),
                        "one table a script"))
                : Optional.empty();
    }

    private Stream<Finding> outside() {
        var statements = sight.script().statements();
        boolean outside = sight.script().header().outsideTransaction()
                || statements.stream().anyMatch(ScriptChecks::bearsNone);
        return outside && statements.size() > 1
                ? Stream.of(found(
                        Rule.SeveralOutside,
                        statements.get(1).line(),
                        "if this fails, what stands before it is done and the script is not",
                        "one statement a script"))
                : Stream.empty();
    }

    private static boolean bearsNone(Statement statement) {
        boolean concurrent = statement.has("index", "concurrently")
                || statement.begins("reindex") && statement.has("concurrently")
                || statement.begins("alter", "table") && statement.has("detach") && statement.has("concurrently");
        return concurrent || statement.begins("vacuum");
    }

    private Stream<Finding> unknown() {
        return sight.script().header().allows().stream()
                .filter(word -> Rule.parse(word).isEmpty())
                .map(word -> found(
                        Rule.UnknownRule, 1, "there is no rule " + word, "docs/reference/lint.md has their names"));
    }
}
