package dev.lockstep.script;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// When Flyway runs callbacks, and what becomes of each moment here.
/// Source: flyway-core 13.12.0, `Event`.
final class Moment {
    /// Flyway runs these while it migrates, through our session as well as through its own.
    static final Set<String> RUN = Set.of(
            "beforeMigrate",
            "beforeEachMigrate",
            "afterEachMigrate",
            "beforeRepeatables",
            "afterVersioned",
            "afterMigrateApplied",
            "afterMigrate",
            "afterMigrateOperationFinish");

    /// Flyway runs these around something that a run of ours does otherwise or again and again.
    static final Set<String> REFUSED = Set.of(
            "beforeConnect",
            "afterConnect",
            "beforeCreateSchema",
            "createSchema",
            "beforeValidate",
            "afterValidate",
            "afterValidateError",
            "afterValidateOperationFinish",
            "beforeEachMigrateStatement",
            "afterEachMigrateStatement",
            "afterEachMigrateStatementError",
            "afterEachMigrateError",
            "afterMigrateError");

    /// Flyway runs these for commands other than `migrate`.
    private static final List<String> ELSEWHERE = List.of(
            "beforeClean",
            "afterClean",
            "afterCleanError",
            "afterCleanOperationFinish",
            "beforeUndo",
            "beforeEachUndo",
            "beforeEachUndoStatement",
            "afterEachUndoStatement",
            "afterEachUndoStatementError",
            "afterEachUndo",
            "afterEachUndoError",
            "afterUndo",
            "afterUndoError",
            "afterUndoOperationFinish",
            "beforeBaseline",
            "afterBaseline",
            "afterBaselineError",
            "afterBaselineOperationFinish",
            "beforeRepair",
            "afterRepair",
            "afterRepairError",
            "afterRepairOperationFinish",
            "beforeInfo",
            "afterInfo",
            "afterInfoError",
            "afterInfoOperationFinish",
            "afterReportGenerated");

    static final List<String> NAMES = Stream.of(RUN, REFUSED, ELSEWHERE)
            .flatMap(names -> names.stream().sorted())
            .toList();

    private Moment() {}

    /// Does a migration never come to this moment?
    static boolean isElsewhere(String event) {
        return ELSEWHERE.contains(event);
    }
}
