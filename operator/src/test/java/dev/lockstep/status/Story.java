package dev.lockstep.status;

import dev.lockstep.handover.Code;
import dev.lockstep.observed.Floor;
import dev.lockstep.resource.Spec.Approval;
import dev.lockstep.resource.Spec.Contract.Gate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A resource brought to one of the answers that the operator has.
///
/// @param what has happened, for people
/// @param world whose resource has that answer
record Story(String what, World world) {
    private static final String APPROVAL = Reported.held("up").replace("\"Done\"", "\"Approval\"");

    static List<Story> all() {
        return Stream.of(own(), kept(), stuck(), Arrays.stream(Code.values()).flatMap(Story::coded))
                .flatMap(it -> it)
                .toList();
    }

    private static Stream<Story> own() {
        return Stream.of(
                new Story("The target is reached.", ended(0, Reported.DONE)),
                new Story(
                        "The target is reached, and somebody else has saved what was there before.",
                        ended(0, Reported.SAVED_ELSEWHERE)),
                new Story(
                        "The database is past the target, and the way down is forbidden.",
                        ended(0, Reported.DONE.replace("\"Done\"", "\"Ahead\""))),
                new Story("The target is reached, and no check of the schema has ended yet.", checked()),
                new Story("A check has found the schema as the last run has left it.", checked(0, Reported.AMENDED)),
                new Story(
                        "A check has found objects that differ; what the target's code needs may be there or not.",
                        checked(7, StoryTest.failed(Code.Drifted.name()))),
                new Story("A run is at work.", running()),
                new Story("Contract steps run now; what the target's code needs is there.", contracting()),
                new Story("Contract steps wait until nobody is left whom they would break.", held()),
                new Story("The contract steps' run has failed, and somebody whom they would break has come.", late()),
                new Story("Contract steps wait for a SchemaMigrationApproval.", ended(0, Reported.held("up"))),
                new Story("The whole run waits for a SchemaMigrationApproval.", asked()),
                new Story("A run has ended without a report.", ended(137, "")));
    }

    private static Stream<Story> kept() {
        return Stream.of(
                new Story(
                        "There is something to run, and spec.suspend is true.",
                        looked(plain().spec("suspend", "true"))),
                new Story("Contract steps wait, and spec.suspend is true.", looked(free().spec("suspend", "true"))),
                new Story(
                        "There is something to run, and no window of spec.windows is open.",
                        looked(new World(DanceTest.INLINE, ", windows: [{cron: '0 2 * * *', duration: 1h}]"))),
                new Story("Contract steps wait, and no window of spec.windows is open.", late(free())),
                new Story("The API server would not have the run's Job.", looked(plain().refuses("exceeded quota"))),
                new Story(
                        "The API server would not have the Job of the contract steps.",
                        looked(free().refuses("exceeded quota"))));
    }

    private static Stream<Story> stuck() {
        return Stream.of(
                new Story("The pod does not start; the word is the scheduler's.", unscheduled("no node")),
                new Story(
                        "Another pod has the claim for itself (ReadWriteOncePod).",
                        unscheduled("node has pod using ReadWriteOncePod")),
                new Story("The pod does not start; the word is the kubelet's.", unpulled(looked(plain()))),
                new Story("The pod of the contract steps does not start.", unpulled(looked(free()))));
    }

    private static Stream<Story> coded(Code code) {
        return switch (code) {
            case ApprovalNeeded, Drifted -> Stream.empty();
            case FilesMissing ->
                Stream.of(
                        new Story("The ConfigMap is not there, or has no files.", looked(absent())),
                        new Story("The run has not found the migrations.", failed(code)));
            case PolicyRefused -> Stream.of(new Story(code.meaning(), looked(forbidden())));
            case Code other -> Stream.of(new Story(code.meaning(), failed(code)));
        };
    }

    private static World plain() {
        return new World(DanceTest.INLINE);
    }

    private static World absent() {
        return new World("{configMap: {name: scripts}}");
    }

    private static World forbidden() {
        return plain().floor(new Floor(Approval.Destructive, Gate.Approved, Set.of("migrator")));
    }

    private static World looked(World world) {
        world.look();
        return world;
    }

    private static World ended(World world, int exit, String report) {
        return looked(looked(world).ends(exit, report));
    }

    private static World ended(int exit, String report) {
        return ended(plain(), exit, report);
    }

    private static World failed(Code code) {
        return ended(code.exit(), StoryTest.failed(code.name()));
    }

    private static World running() {
        return looked(looked(plain().floor(new Floor(Approval.Always, Gate.Approved, Set.of()))));
    }

    private static World asked() {
        return ended(new World(DanceTest.INLINE, ", contract: {when: Immediately}"), 5, APPROVAL);
    }

    private static World held() {
        return ended(new World(DanceTest.INLINE, DanceTest.UNASKED), 0, Reported.held("up"));
    }

    /// Its contract steps would break nobody.
    private static World free() {
        return held().alive(DanceTest.pod("new", "2"));
    }

    private static World late(World world) {
        return looked(world.spec("windows", "[{\"cron\": \"0 2 * * *\", \"duration\": \"1h\"}]"));
    }

    private static World contracting() {
        var world = ended(new World(DanceTest.INLINE, DanceTest.ROLLED_OUT), 0, Reported.held("up"));
        return looked(looked(world.alive(DanceTest.pod("new", "2")).approves(Reported.HASH)));
    }

    private static World late() {
        var world = looked(held().alive(DanceTest.pod("new", "2")));
        looked(world.ends(0, Reported.held("up")));
        looked(world.ends(4, StoryTest.failed(Code.LockBudgetExceeded.name())));
        return looked(world.alive(DanceTest.pod("old", "1")).later(5));
    }

    private static World checked() {
        return ended(new World(DanceTest.INLINE, ", driftCheck: {interval: 1h}"), 0, Reported.DONE);
    }

    private static World checked(int exit, String report) {
        return looked(looked(looked(checked().later(4000))).ends(exit, report));
    }

    private static World unscheduled(String message) {
        var waiting = "{phase: Pending, conditions: [{type: PodScheduled, status: \"False\", reason: Unschedulable,"
                + " message: %s}]}".formatted(message);
        return looked(looked(plain()).pods(waiting).later(15));
    }

    private static World unpulled(World world) {
        var waiting = "{phase: Pending, conditions: [], containerStatuses: [{name: runner, state: {waiting: {reason:"
                + " ErrImagePull, message: no such host}}}]}";
        return looked(world.pods(waiting).later(15));
    }
}
