package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What stands between two commas of a CREATE TABLE.
sealed interface Member {
    /// As written.
    String text();

    /// A constraint of the table.
    record Rule(Clause clause) implements Member {
        @Override
        public String text() {
            return clause.text();
        }
    }

    /// @param label its name as written
    /// @param typeLead space and comments before the type
    /// @param type as written, empty where it has none
    record Column(String label, String typeLead, String type, List<Clause> clauses) implements Member {
        public Column {
            clauses = List.copyOf(clauses);
        }

        static Column read(Cursor cursor) throws Refusal {
            var label = cursor.name();
            var lead = cursor.gap();
            var type = typeOf(cursor);
            return new Column(label.text(), type.isEmpty() ? "" : lead, type, Clauses.ofColumn(cursor));
        }

        /// Some words, and one or two numbers in parentheses.
        static String typeOf(Cursor cursor) throws Refusal {
            int start = cursor.mark();
            while (cursor.peek().isName() && !isBeyondType(cursor)) {
                cursor.next();
            }
            if (start < cursor.mark() && cursor.looks("(")) {
                cursor.group();
            }
            return cursor.since(start);
        }

        private static boolean isBeyondType(Cursor cursor) {
            return Clauses.begins(cursor) || cursor.looks("using") || cursor.looks("generated", "by");
        }

        @Override
        public String text() {
            var text = new StringBuilder(label + typeLead + type);
            clauses.forEach(clause -> text.append(clause.whole()));
            return text.toString();
        }

        String name() {
            return Cursor.of(label).peek().name();
        }

        Optional<Clause> clause(Clause.Kind kind) {
            return clauses.stream().filter(clause -> clause.is(kind)).findFirst();
        }

        boolean has(Clause.Kind kind) {
            return clause(kind).isPresent();
        }

        Column withType(String other) {
            return new Column(label, type.isEmpty() ? " " : typeLead, other, clauses);
        }

        Column with(Clause clause) {
            var more = new ArrayList<>(clauses);
            more.add(clause);
            return new Column(label, typeLead, type, more);
        }

        Column without(Predicate<Clause> gone) {
            return new Column(
                    label,
                    typeLead,
                    type,
                    clauses.stream().filter(gone.negate()).toList());
        }

        /// One clause in the place of another.
        Column swapped(Clause old, Clause other) {
            return new Column(
                    label,
                    typeLead,
                    type,
                    clauses.stream()
                            .map(clause -> clause.equals(old) ? other : clause)
                            .toList());
        }

        /// The clause takes the place of the one of its kind, or stands at the end.
        Column replacing(Clause clause) {
            if (!has(clause.kind())) {
                return with(clause);
            }
            var others = clauses.stream()
                    .map(old -> old.is(clause.kind()) ? clause.withLead(old.lead()) : old)
                    .toList();
            return new Column(label, typeLead, type, others);
        }
    }
}
