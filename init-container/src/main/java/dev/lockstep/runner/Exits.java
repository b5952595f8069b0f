package dev.lockstep.runner;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Report;

/// Exit status of a run.
final class Exits {
    private Exits() {}

    static int of(Report report) {
        return switch (report.outcome()) {
            case Done, Ahead -> 0;
            case Approval -> Code.ApprovalNeeded.exit();
            case Failed ->
                report.failure().map(Failure::code).orElse(Code.Defect).exit();
        };
    }
}
