package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import dev.lockstep.rebuild.Clause.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads the parts of an ALTER TABLE.
/// Source: PostgreSQL documentation, ALTER TABLE.
final class ActionReader {
    private static final Set<String> BEGINNINGS = Set.of(
            "add",
            "drop",
            "alter",
            "rename",
            "set",
            "reset",
            "validate",
            "owner",
            "enable",
            "disable",
            "cluster",
            "force",
            "no",
            "inherit",
            "attach",
            "detach",
            "replica");

    private final Cursor cursor;

    private ActionReader(Cursor cursor) {
        this.cursor = cursor;
    }

    static boolean begins(Lexeme lexeme) {
        return lexeme.kind() == Lexeme.Kind.Word
                && BEGINNINGS.contains(lexeme.text().toLowerCase(Locale.ROOT));
    }

    static List<Action> read(Cursor cursor) throws Refusal {
        var actions = new ArrayList<Action>();
        for (var part : cursor.parts()) {
            actions.add(new ActionReader(part).action());
        }
        return actions;
    }

    private Action action() throws Refusal {
        int start = cursor.mark();
        var action = one();
        if (action.isEmpty()) {
            cursor.back(start);
            throw unknown();
        }
        cursor.finish();
        return action.get();
    }

    private Refusal unknown() {
        var words = new ArrayList<String>();
        while (cursor.peek().kind() == Lexeme.Kind.Word && words.size() < 5) {
            words.add(cursor.next().text());
        }
        return Objection.unknown(String.join(" ", words).toUpperCase(Locale.ROOT) + " in ALTER TABLE");
    }

    private Optional<Action> one() throws Refusal {
        boolean excludes = cursor.looks("add", "exclude", "using") || cursor.looks("add", "exclude", "(");
        if (!excludes && cursor.take("add")) {
            return Optional.of(add());
        }
        if (cursor.take("drop", "constraint")) {
            boolean ifExists = cursor.take("if", "exists");
            var name = cursor.name().name();
            restricts();
            return Optional.of(new Action.DropConstraint(name, ifExists));
        }
        if (cursor.take("drop")) {
            return Optional.of(dropColumn());
        }
        if (cursor.take("validate", "constraint")) {
            return Optional.of(new Action.ValidateConstraint(cursor.name().name()));
        }
        if (cursor.take("rename", "constraint")) {
            var from = cursor.name().name();
            return cursor.take("to") ? Optional.of(new Action.RenameConstraint(from, cursor.name())) : Optional.empty();
        }
        return cursor.take("alter") ? alter() : Optional.empty();
    }

    private Action add() throws Refusal {
        boolean named = cursor.looks("constraint") && cursor.peek(2).is("not");
        if (named || cursor.looks("not", "null")) {
            return notNull();
        }
        if (Clauses.rules(cursor)) {
            return new Action.AddConstraint(constraint());
        }
        skipColumnWord();
        boolean ifNotExists = cursor.take("if", "not", "exists");
        var column = Member.Column.read(cursor);
        for (var clause : column.clauses()) {
            refuseMatchFull(clause);
        }
        return new Action.AddColumn(Defaults.wrapped(column), ifNotExists);
    }

    /// As PostgreSQL has it since 18.
    private Action notNull() throws Refusal {
        var clauses = Clauses.ofColumn(cursor);
        var column = cursor.name().name();
        cursor.take("not", "valid");
        return new Action.SetClause(column, clauses.getFirst().withLead(" "));
    }

    /// COLUMN may be left out, and may be the column's name.
    private void skipColumnWord() {
        if (cursor.looks("column") && cursor.peek(1).isName()) {
            cursor.next();
        }
    }

    /// A constraint that is added NOT VALID is checked at once: SQLite has none that hold for new rows only.
    private Clause constraint() throws Refusal {
        var clause = Clauses.ofTable(cursor);
        cursor.take("not", "valid");
        refuseMatchFull(clause);
        return clause;
    }

    /// SQLite reads MATCH and takes every key for MATCH SIMPLE.
    private static void refuseMatchFull(Clause clause) throws Refusal {
        if (clause.is(Kind.ForeignKey) && (clause.says("full") || clause.says("partial")) && clause.says("match")) {
            throw Objection.unknown("MATCH FULL");
        }
    }

    private Action dropColumn() throws Refusal {
        skipColumnWord();
        boolean ifExists = cursor.take("if", "exists");
        var name = cursor.name().name();
        return new Action.DropColumn(name, ifExists, restricts());
    }

    private boolean restricts() {
        boolean cascade = cursor.take("cascade");
        cursor.take("restrict");
        return cascade;
    }

    private Optional<Action> alter() throws Refusal {
        skipColumnWord();
        var column = cursor.name().name();
        int start = cursor.mark();
        if (cursor.take("set", "data", "type") || cursor.take("type")) {
            return Optional.of(type(column));
        }
        if (cursor.take("set")) {
            return set(column);
        }
        if (cursor.take("drop", "not", "null")) {
            return Optional.of(new Action.DropClause(column, Kind.NotNull, false));
        }
        if (cursor.take("drop", "default")) {
            return Optional.of(new Action.DropClause(column, Kind.Default, false));
        }
        if (cursor.take("drop", "expression")) {
            return Optional.of(new Action.DropClause(column, Kind.Generated, !cursor.take("if", "exists")));
        }
        cursor.back(start);
        return Optional.empty();
    }

    private Optional<Action> set(String column) throws Refusal {
        int start = cursor.mark();
        if (cursor.take("not", "null")) {
            return Optional.of(new Action.SetClause(column, Clause.of(Kind.NotNull, cursor.since(start))));
        }
        if (cursor.take("default")) {
            var word = cursor.since(start);
            return Optional.of(
                    new Action.SetClause(column, Clause.of(Kind.Default, word + " " + Defaults.value(rest()))));
        }
        if (cursor.take("expression", "as")) {
            return Optional.of(new Action.SetClause(column, Clause.of(Kind.Generated, rest())));
        }
        return Optional.empty();
    }

    private Action type(String column) throws Refusal {
        var type = Member.Column.typeOf(cursor);
        if (type.isEmpty()) {
            throw cursor.unexpected();
        }
        int start = cursor.mark();
        Optional<Clause> collation = Optional.empty();
        if (cursor.take("collate")) {
            cursor.name();
            collation = Optional.of(Clause.of(Kind.Collate, cursor.since(start)));
        }
        var using = cursor.take("using") ? Optional.of(rest()) : Optional.<String>empty();
        return new Action.SetType(column, type, collation, using);
    }

    /// The expression up to the end of this part.
    private String rest() throws Refusal {
        int start = cursor.mark();
        while (cursor.more()) {
            if (cursor.looks(":", ":")) {
                throw cursor.unexpected();
            }
            cursor.next();
        }
        if (start == cursor.mark()) {
            throw cursor.unexpected();
        }
        return cursor.since(start);
    }
}
