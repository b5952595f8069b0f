package dev.lockstep.lint;

import static dev.lockstep.lint.Rule.Applies.Both;
import static dev.lockstep.lint.Rule.Applies.Postgresql;
import static dev.lockstep.lint.Rule.Applies.Sqlite;
import static dev.lockstep.lint.Rule.Level.error;
import static dev.lockstep.lint.Rule.Level.warning;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a script may do that hurts where it runs. An `error` fails on rows that are there, keeps readers or writers out
/// for as long as a table is large, breaks code that still runs, or loses what it writes; a `warning` may.
/// Source of what locks, scans and rewrites: every form run on PostgreSQL 15 with `pg_locks` read before COMMIT.
public enum Rule {
    IndexBlocksWrites(
            error, Postgresql, "An index built without CONCURRENTLY keeps every writer of its table out meanwhile."),
    ReindexBlocksWrites(error, Postgresql, "So does one that is built again."),
    DropIndexBlocks(
            warning,
            Postgresql,
            "Dropping an index waits for every query on its table, and all later ones queue behind it."),
    ConstraintScans(
            error, Postgresql, "A foreign key or check is proved on all rows under the lock, unless it is NOT VALID."),
    ValidatedAtOnce(
            error,
            Postgresql,
            "VALIDATE in the transaction that added the constraint reads all rows under that one's lock."),
    ConstraintBuilds(
            error, Postgresql, "A UNIQUE, PRIMARY KEY or EXCLUDE builds its index while nobody may use the table."),
    NotNullScans(error, Postgresql, "SET NOT NULL reads all rows while nobody may use the table."),
    RequiredColumn(error, Both, "A column that is NOT NULL without a default cannot be added where there are rows."),
    TypeRewrites(error, Postgresql, "The type's change writes the table anew while nobody may use it."),
    TableRewrites(error, Postgresql, "The statement writes the table anew while nobody may use it."),
    TableCopied(
            warning,
            Sqlite,
            "SQLite cannot alter this in place: the table is copied, row by row, while nobody may write."),
    DetachBlocks(warning, Postgresql, "DETACH PARTITION without CONCURRENTLY keeps everybody out of the whole table."),
    RowsUnderLock(
            error,
            Postgresql,
            "Rows are written while the script still holds the lock of its ALTER TABLE, which readers wait for too."),
    SeveralTables(
            warning,
            Postgresql,
            "A script that locks several tables keeps the first while it waits for the next; with an app that takes them"
                    + " the other way round it ends in a deadlock."),
    EveryRow(warning, Both, "An UPDATE or DELETE of every row is one long transaction."),
    EnumValueAtOnce(
            error, Postgresql, "A new value of an enum cannot be used in the transaction that added it (PostgreSQL)."),
    Rename(
            error,
            Both,
            "While two versions of the app run, one of them has the wrong name; no order of deployment helps."),
    LostWrites(
            error,
            Both,
            "What the older app writes into the old column after the copy is lost when that is dropped: no trigger keeps"
                    + " the two in step."),
    PhaseContradicted(error, Both, "The header says expand or migrate, and a statement destroys or breaks something."),
    MixedPhases(error, Both, "One script adds and takes away, so no phase is right for it."),
    Cascade(warning, Both, "CASCADE takes along what the script does not name."),
    TransactionInScript(
            error, Both, "The script ends the transaction that it and its row in the history were to share."),
    SeveralOutside(
            warning,
            Postgresql,
            "Of several statements outside a transaction some may be done when one fails; each belongs in its own script."),
    SecretInScript(error, Both, "A password in a script is in the repository, the server's log and its statistics."),
    NoDown(warning, Both, "Others have a down script, this one has none: nothing takes it back."),
    UnknownRule(error, Both, "The header allows a rule that does not exist.");

    /// How bad it is.
    public enum Level {
        error,
        warning
    }

    /// Where it hurts.
    enum Applies {
        Both,
        Postgresql,
        Sqlite
    }

    private final Level level;
    private final Applies applies;
    private final String meaning;

    Rule(Level level, Applies applies, String meaning) {
        this.level = level;
        this.applies = applies;
        this.meaning = meaning;
    }

    public Level level() {
        return level;
    }

    public String meaning() {
        return meaning;
    }

    /// @param vendor `postgresql` or `sqlite`
    public boolean appliesTo(String vendor) {
        return applies == Both || applies.name().toLowerCase(Locale.ROOT).equals(vendor);
    }

    /// As a person writes it: `index-blocks-writes`.
    public String word() {
        return name().replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    static Optional<Rule> parse(String word) {
        return Arrays.stream(values())
                .filter(rule -> rule.word().equalsIgnoreCase(word))
                .findFirst();
    }
}
