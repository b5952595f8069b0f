package dev.lockstep.cluster;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;

/// What befalls a cluster beside a request that fails, in the order of the page, each with its outcome and with tests
/// of other modules that show it. Those of this one say so themselves, by [Befalls].
public enum Mishap {
    OperatorEnds(
            "the operator is killed, or upgraded, in the middle of a run", "the run goes on, and no other is started"),
    LeaderEnds(
            "the leader of two operators is killed in the middle", "the other goes on within 20 s, with the same run"),
    LeaderSleeps(
            "a leader stands still until another leads, and then goes on",
            "what it still writes is refused, and it ends"),
    ApiServerGone("the API server is gone for a minute", "a run at work ends by itself; none is started twice"),
    OperatorsClock("the operator's clock is an hour off", "nothing: it goes by the API server's"),
    NodesClock(
            "the clock of a run's node is an hour ahead",
            "the next attempt is not put off",
            "RetryTest.a_node_whose_clock_is_an_hour_ahead_does_not_put_the_next_attempt_off"),
    NodeSilent(
            "the node of a run falls silent until Kubernetes takes it for lost, and comes back",
            "no other run is started, and others are answered meanwhile"),
    NodeGivenUp(
            "that node is given up, by the taint `node.kubernetes.io/out-of-service`",
            "its run has failed; another follows, and finds done what the first has done"),
    RunTakenAway(
            "a run's Job is deleted, its pod deleted, evicted, or killed",
            "what was open is rolled back, another run finishes"),
    NoReport(
            "a pod ends without a word, or with one that is no Report",
            "`NoReport`; the next run finds out what is there",
            "StoryTest.an_evicted_pod_is_a_run_without_a_report"),
    EndlessSidecar("a sidecar never ends", "the run is judged by its own container"),
    ForgedReport("a pod says that it is a run's, and is not", "it is not heard"),
    NoPod(
            "an image cannot be pulled, no node takes the pod, a quota is spent",
            "told within half a minute; it goes on when that is mended"),
    ClaimTaken("a claim is ReadWriteOncePod, and a pod has it", "`ClaimInUse` until that pod is gone"),
    StatusWiped("somebody wipes a status", "it is written again out of what is there, and nothing is run"),
    StatusEdited(
            "somebody edits a status",
            "what its run has reported is told again as long as its Job is there; what cannot be read counts as absent, and a run too many finds nothing to do",
            "LyingStatusTest.what_a_run_has_reported_is_told_again_and_nothing_is_run_for_it",
            "LyingStatusTest.a_run_that_is_said_to_have_succeeded_and_has_not_is_told_as_failed",
            "EditedStatusTest.every_look_comes_to_a_decision",
            "EditedStatusTest.the_metrics_of_all_are_there_still"),
    ForeignFinalizer("somebody's finalizer keeps a resource that is deleted", "nothing more is done for it"),
    NamespaceDeleted(
            "the namespace is deleted in the middle of a run",
            "it is gone in half a minute, with the operator or without");

    private final String words;
    private final String outcome;
    private final List<String> elsewhere;

    Mishap(String words, String outcome, String... elsewhere) {
        this.words = words;
        this.outcome = outcome;
        this.elsewhere = List.of(elsewhere);
    }

    /// As rows of a page.
    public static String table() {
        return Arrays.stream(values())
                .map(it -> "| %s | %s (%s) |\n".formatted(it.words, it.outcome, String.join(", ", it.tests())))
                .collect(Collectors.joining("", "| what else | what comes of it |\n|---|---|\n", ""));
    }

    /// Which tests show it.
    public List<String> tests() {
        return Stream.concat(here().map(Mishap::name), elsewhere.stream())
                .map(it -> "`" + it + "`")
                .toList();
    }

    private Stream<Method> here() {
        var tests = ReflectionSupport.findAllClassesInPackage(
                Mishap.class.getPackageName(), _ -> true, name -> name.endsWith("Test"));
        return tests.stream()
                .flatMap(it -> Arrays.stream(it.getDeclaredMethods()))
                .filter(it -> it.isAnnotationPresent(Befalls.class)
                        && it.getAnnotation(Befalls.class).value() == this)
                .sorted(Comparator.comparing(Mishap::name));
    }

    private static String name(Method test) {
        return test.getDeclaringClass().getSimpleName() + "." + test.getName();
    }
}
