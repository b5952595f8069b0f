package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What has to be done to a table.
public sealed interface Change {
    /// It is as wanted.
    record Nothing() implements Change {}

    /// SQLite can do it alone.
    ///
    /// @param actions what stands behind the table's name, one a statement
    record Native(List<String> actions) implements Change {
        public Native {
            actions = List.copyOf(actions);
        }
    }

    /// It has to be built anew.
    ///
    /// @param transfers what of each old row goes where
    /// @param gone columns that are dropped, whose indexes go too
    /// @param fits columns whose type was changed to a number's
    /// @param numbered the old column that becomes the row's number, in which a NULL would be numbered in silence
    /// @param number the name by which the old rows' hidden number is read, if it is
    /// @param parents tables of foreign keys that are new
    record Copy(
            CreateTable before,
            CreateTable after,
            List<Transfer> transfers,
            List<String> gone,
            List<Fit> fits,
            Optional<String> numbered,
            Optional<String> number,
            List<String> parents)
            implements Change {
        public Copy {
            transfers = List.copyOf(transfers);
            gone = List.copyOf(gone);
            fits = List.copyOf(fits);
            parents = List.copyOf(parents);
        }

        /// Does the table's text name the table itself, as in `CHECK (t.a > 0)`? Under another name it would be
        /// invalid.
        public boolean namesItself() {
            return Names.qualifies(before.sql(), before.name());
        }

        /// May a foreign key of another table have lost the key that it refers to?
        public boolean losesKeys() {
            return !gone.isEmpty() || !after.keys().containsAll(before.keys());
        }

        /// Does this trigger watch a column that is dropped? SQLite would keep it and never fire it.
        public boolean silences(String trigger) {
            return gone.stream().anyMatch(column -> Names.in(Triggers.watched(trigger), column));
        }

        /// Does this index stay?
        public boolean keeps(String index) {
            return gone.stream().noneMatch(column -> Names.mentions(index, column));
        }
    }

    /// @param target quoted name in the new table
    /// @param source expression over the old one
    record Transfer(String target, String source) {}

    /// @param column without quotes
    /// @param fraction is one allowed?
    record Fit(String column, String type, boolean fraction) {}

    /// @throws Refusal if the table does not have what the actions are about, or SQLite cannot hold the outcome
    static Change of(CreateTable table, Alter alter) throws Refusal {
        var draft = new Draft(table);
        var inTurn = alter.actions().stream()
                .sorted(Comparator.comparing(Action::turn))
                .toList();
        for (var action : inTurn) {
            draft.apply(action);
        }
        return draft.change();
    }
}
