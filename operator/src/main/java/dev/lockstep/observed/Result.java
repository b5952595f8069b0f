package dev.lockstep.observed;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Report;
import java.util.stream.Stream;

/// What a run came to, in one word that fits into the status.
public sealed interface Result {

    /// The word in the status.
    String word();

    /// Everything that may run has run.
    record Done() implements Result {
        @Override
        public String word() {
            return "Done";
        }
    }

    /// The database is past the target.
    record Ahead() implements Result {
        @Override
        public String word() {
            return "Ahead";
        }
    }

    /// It stopped for this reason.
    record Stopped(Code code) implements Result {
        @Override
        public String word() {
            return code.name();
        }
    }

    /// It ended without a Report: evicted, out of memory, deleted.
    record Silent() implements Result {
        @Override
        public String word() {
            return "NoReport";
        }
    }

    /// The reverse of [#word]. A word of another edition is none of ours: the run is done again.
    static Result of(String word) {
        return switch (word) {
            case "Done" -> new Done();
            case "Ahead" -> new Ahead();
            default ->
                Stream.of(Code.values())
                        .filter(code -> code.name().equals(word))
                        .findFirst()
                        .<Result>map(Stopped::new)
                        .orElseGet(Silent::new);
        };
    }

    static Result of(Report report) {
        return switch (report.outcome()) {
            case Done -> new Done();
            case Ahead -> new Ahead();
            case Approval -> new Stopped(Code.ApprovalNeeded);
            case Failed -> new Stopped(report.failure().map(it -> it.code()).orElse(Code.Defect));
        };
    }
}
