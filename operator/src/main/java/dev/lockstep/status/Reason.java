package dev.lockstep.status;

import dev.lockstep.handover.Code;
import dev.lockstep.observed.Result;
import java.util.Arrays;
import java.util.stream.Stream;

/// Why, in the one word that a condition has for it. A word of our own is in [Own] or nowhere, so that the page of
/// them can be held to be whole.
public sealed interface Reason {

    /// As it stands in the status.
    String word();

    /// Ours, where nothing is wrong that has a code.
    enum Own implements Reason {
        Settled,
        DatabaseAhead,
        Running,
        Contracting,
        WaitingForPods,
        Suspended,
        WindowClosed,
        JobRefused,
        NoReport,
        Verified,
        Named,
        NotTaken,
        Approved,
        NothingAsked,
        NothingHeld,
        Held,
        NotChecked,
        Unchanged,
        Policy;

        @Override
        public String word() {
            return name();
        }
    }

    /// What stopped a run, or keeps one from being ordered.
    record Coded(Code code) implements Reason {
        @Override
        public String word() {
            return code.name();
        }
    }

    /// The scheduler's or kubelet's, or one that the status has from before.
    record Quoted(String word) implements Reason {}

    /// All but those that are quoted.
    static Stream<String> words() {
        return Stream.concat(
                Arrays.stream(Own.values()).map(Own::word),
                Arrays.stream(Code.values()).map(Enum::name));
    }

    static Reason of(Result result) {
        return switch (result) {
            case Result.Done() -> Own.Settled;
            case Result.Ahead() -> Own.DatabaseAhead;
            case Result.Stopped(var code) -> new Coded(code);
            case Result.Silent() -> Own.NoReport;
        };
    }
}
