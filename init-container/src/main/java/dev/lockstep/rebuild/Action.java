package dev.lockstep.rebuild;

import java.util.Optional;

/// What one part of an ALTER TABLE asks for.
sealed interface Action {
    /// In this order PostgreSQL carries the parts of one statement out, however they are written.
    /// Source: its `tablecmds.c`, `AlterTablePass`.
    enum Turn {
        Drop,
        Type,
        Column,
        Attribute,
        Constraint
    }

    Turn turn();

    record AddColumn(Member.Column column, boolean ifNotExists) implements Action {
        @Override
        public Turn turn() {
            return Turn.Column;
        }
    }

    /// @param cascade what depends on it goes too
    record DropColumn(String column, boolean ifExists, boolean cascade) implements Action {
        @Override
        public Turn turn() {
            return Turn.Drop;
        }
    }

    record AddConstraint(Clause clause) implements Action {
        @Override
        public Turn turn() {
            return Turn.Constraint;
        }
    }

    record DropConstraint(String name, boolean ifExists) implements Action {
        @Override
        public Turn turn() {
            return Turn.Drop;
        }
    }

    record RenameConstraint(String from, Lexeme to) implements Action {
        @Override
        public Turn turn() {
            return Turn.Constraint;
        }
    }

    /// Every row is checked when a constraint is added, so it is valid if it is there.
    record ValidateConstraint(String name) implements Action {
        @Override
        public Turn turn() {
            return Turn.Constraint;
        }
    }

    /// @param collation as written
    /// @param using the expression, as written
    record SetType(String column, String type, Optional<Clause> collation, Optional<String> using) implements Action {
        @Override
        public Turn turn() {
            return Turn.Type;
        }
    }

    /// The column gets this clause in the place of another of its kind: NOT NULL, DEFAULT, GENERATED.
    record SetClause(String column, Clause clause) implements Action {
        @Override
        public Turn turn() {
            return Turn.Attribute;
        }
    }

    /// It loses it.
    ///
    /// @param required the column has to have it
    record DropClause(String column, Clause.Kind kind, boolean required) implements Action {
        @Override
        public Turn turn() {
            return Turn.Attribute;
        }
    }
}
