package dev.lockstep.status;

import dev.lockstep.decision.Decision;
import dev.lockstep.handover.Code;
import dev.lockstep.observed.Identity;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Past;
import dev.lockstep.observed.Result;
import dev.lockstep.resource.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What has to happen before the steps run that wait.
final class Held {
    /// Enough to see who it is; a rollout of a thousand pods is no reading matter.
    private static final int LINES_MAX = 20;

    /// A run that ends so has begun nothing: the database sleeps, follows another, is at work for somebody else, or has
    /// no room, or somebody has to save it first.
    private static final Set<Code> NOT_YET =
            Set.of(Code.Unreachable, Code.Standby, Code.LockBusy, Code.Preflight, Code.BackupNeeded);

    /// A disk that is full in the middle of a script is another matter: what ran before is there.
    private static final Pattern IN_A_SCRIPT = Pattern.compile("\\S+\\.sql(:[0-9]+)?: ");

    private Held() {}

    /// Has nothing failed, and the next attempt waits for the database to be ready?
    static boolean isHeld(Past.End end) {
        return end.result() instanceof Result.Stopped(var code)
                && NOT_YET.contains(code)
                && !IN_A_SCRIPT.matcher(end.message()).lookingAt();
    }

    static List<String> lines(Decision decision, Observed observed) {
        var identity = observed.identity();
        var asked = observed.petition()
                .filter(it -> !observed.approvals().contains(it.hash()))
                .map(it -> approval(identity, it.hash()) + " for: " + it.words());
        return cut(Stream.concat(asked.stream(), held(decision, identity, observed.past()).stream())
                .toList());
    }

    private static List<String> held(Decision decision, Identity identity, Past past) {
        return switch (decision) {
            case Decision.Await(var ran, var end, Decision.Waiting.Pods(var lines)) -> lines;
            case Decision.Await(var ran, var end, Decision.Waiting.Word(var hash)) ->
                Stream.concat(
                                Stream.of(approval(identity, hash)),
                                past.waiting().stream().map(Held::line))
                        .toList();
            case Decision.Rest(var ran, var end) ->
                Stream.concat(
                                isHeld(end) ? Stream.of(end.message()) : Stream.<String>empty(),
                                past.waiting().stream().map(Held::line))
                        .toList();
            case Decision.Start start -> List.of();
            case Decision.Replace replace -> List.of();
            case Decision.Wait wait -> List.of();
            case Decision.Retry(var ran, var end, var at) -> isHeld(end) ? List.of(end.message()) : List.of();
            case Decision.Ask ask -> List.of();
            case Decision.Hold() -> List.of();
            case Decision.Closed(var opens) -> List.of(Answer.closed(opens));
        };
    }

    private static String approval(Identity identity, String hash) {
        return "SchemaMigrationApproval {migration: " + identity.name() + ", plan: " + hash + "}";
    }

    private static String line(Status.Step step) {
        var loses = Boolean.TRUE.equals(step.destructive()) ? ", loses rows or columns" : "";
        var order = step.breaking() == null ? "" : "; " + step.breaking();
        return step.revision() + " " + step.description() + ": " + step.phase() + " " + step.direction() + loses
                + order;
    }

    private static List<String> cut(List<String> lines) {
        if (lines.size() <= LINES_MAX) return lines;
        var shown = new ArrayList<>(lines.subList(0, LINES_MAX));
        shown.add("and " + (lines.size() - LINES_MAX) + " more");
        return List.copyOf(shown);
    }
}
