package dev.lockstep.lint;

import dev.lockstep.lint.Effect.Weight;
import dev.lockstep.script.Phase;
import dev.lockstep.script.Script;
import dev.lockstep.script.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a script does, seen from a run in which some tables are new. A table that was made in the same run holds
/// nobody's
/// data and no older code knows it, so nothing done to it breaks or loses anything.
///
/// @param effects one a statement
/// @param creates tables and views that exist only since this script
public record Verdict(Script script, List<Effect> effects, Set<String> creates) {
    private static final Set<String> PLAIN_KINDS = Set.of("table", "index");

    public Verdict {
        effects = List.copyOf(effects);
        creates = Set.copyOf(creates);
    }

    /// @param fresh tables and views that earlier scripts of the same run create
    public static Verdict of(Script script, Set<String> fresh) {
        var known = new HashSet<>(fresh);
        var creates = new HashSet<String>();
        var effects = new ArrayList<Effect>();
        var routines = new Routines();
        for (var statement : script.statements()) {
            if (surelyNew(statement)) {
                Classifier.created(statement).ifPresent(known::add);
                Classifier.created(statement)
                        .filter(it -> !isTemporary(statement))
                        .ifPresent(creates::add);
            }
            var effect = routines.with(statement, Classifier.effect(statement));
            effects.add(known.contains(effect.on()) ? mild(effect) : effect);
            for (var name : Classifier.unnamed(statement)) { // from here on it is an older table's, if anybody's
                known.remove(name);
                creates.remove(name);
            }
        }
        return new Verdict(script, effects, creates);
    }

    /// It hides an older table of its name until it is gone, and is gone with the session.
    private static boolean isTemporary(Statement statement) {
        return statement.tokens().stream().skip(1).limit(2).anyMatch(word -> word.is("temp") || word.is("temporary"));
    }

    /// `IF NOT EXISTS` and `OR REPLACE` may find an older one with rows in it.
    private static boolean surelyNew(Statement statement) {
        return statement.begins("create") && !statement.has("if", "not", "exists") && !statement.has("or", "replace");
    }

    private static Effect mild(Effect effect) {
        return new Effect(
                effect.contracts() ? Weight.ADDING : effect.weight(), effect.why(), effect.on(), effect.line());
    }

    /// The header's word, else contract if any statement destroys or breaks, migrate for a batch, else expand.
    public Phase phase() {
        var rest = script.header().batch().isPresent() ? Phase.MIGRATE : Phase.EXPAND;
        return script.header().phase().orElse(firstContracting().isPresent() ? Phase.CONTRACT : rest);
    }

    public boolean destructive() {
        return effects.stream().anyMatch(effect -> effect.weight() == Weight.DESTRUCTIVE);
    }

    public boolean breaking() {
        return effects.stream().anyMatch(effect -> effect.weight() == Weight.BREAKING);
    }

    /// The statement for which the script is a contract script.
    public Optional<Effect> firstContracting() {
        return effects.stream().filter(Effect::contracts).findFirst();
    }

    /// Does it expand and contract at once, without its header having said which it is?
    public boolean mixed() {
        boolean adds = effects.stream().anyMatch(effect -> effect.weight() == Weight.ADDING);
        return script.header().phase().isEmpty() && adds && firstContracting().isPresent();
    }

    /// Does it surely touch none of the other's tables? Only CREATE and ALTER of tables and indexes can be told.
    public boolean independentOf(Verdict other) {
        var mine = tables(script);
        var theirs = tables(other.script);
        return mine.isPresent() && theirs.isPresent() && mine.get().stream().noneMatch(theirs.get()::contains);
    }

    private static Optional<Set<String>> tables(Script script) {
        var tables = new HashSet<String>();
        for (var statement : script.statements()) {
            var on = Classifier.effect(statement).on();
            if (on.isEmpty() || !plain(statement)) {
                return Optional.empty();
            }
            tables.add(last(on));
            Alteration.references(statement).forEach(table -> tables.add(last(table)));
        }
        return Optional.of(tables);
    }

    private static boolean plain(Statement statement) {
        boolean ddl = statement.begins("create") || statement.begins("alter") || statement.begins("drop");
        boolean kind = statement.tokens().stream().skip(1).limit(2).anyMatch(t -> PLAIN_KINDS.contains(t.text()));
        return ddl && kind && !statement.has("select") && !statement.has("cascade");
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
