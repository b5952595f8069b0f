package dev.lockstep.cluster;

import dev.lockstep.server.ApiCall;
import dev.lockstep.server.ApiProxy;
import dev.lockstep.server.ApiProxy.Fate;
import dev.lockstep.server.Pause;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// What a cluster does to an operator, once: at its n-th request that is not a watch, as [#isOf] has it.
public enum Harm {
    Refused("the API server answers 503, once"),
    Conflict("the API server answers 409, once"),
    Throttled("the API server answers 429 and Retry-After, once"),
    Unheard("it is carried out, and its answer is lost"),
    KilledBefore("the operator is killed before it is carried out, and starts again"),
    KilledAfter("the operator is killed when it has been carried out, and starts again"),
    Stale("the operator is killed, and the next one is shown for four seconds what there was before the first run"),
    Missed("the operator hears of no change for four seconds, and then that it has missed some");

    private static final Duration WHILE = Duration.ofSeconds(4);
    private static final Fate PASSED = new Fate.Passed();

    private final String words;

    Harm(String words) {
        this.words = words;
    }

    /// @param before what each list has been answered with before the first run
    ApiProxy.Court court(int n, ApiProxy proxy, OperatorProcess operator, Map<String, String> before) {
        var count = new AtomicInteger();
        return call -> {
            if (!counts(call) || count.incrementAndGet() != n) return PASSED;
            return switch (this) {
                case Refused -> new Fate.Answered(503, "ServiceUnavailable");
                case Conflict -> new Fate.Answered(409, "Conflict");
                case Throttled -> new Fate.Answered(429, "TooManyRequests");
                case Unheard -> new Fate.Unheard(() -> {});
                case KilledBefore -> new Fate.Lost(operator::killAndStart);
                case KilledAfter -> new Fate.Unheard(operator::killAndStart);
                case Stale -> new Fate.Lost(() -> goBack(proxy, operator, before));
                case Missed -> {
                    miss(proxy);
                    yield PASSED;
                }
            };
        };
    }

    private static void goBack(ApiProxy proxy, OperatorProcess operator, Map<String, String> before) {
        proxy.watches().hold();
        proxy.judge(call ->
                call.isList() && before.containsKey(call.target()) ? new Fate.Old(before.get(call.target())) : PASSED);
        operator.killAndStart();
        Thread.ofPlatform().daemon().start(() -> {
            operator.awaitReady();
            Pause.of(WHILE);
            proxy.judge(_ -> PASSED);
            proxy.watches().release();
        });
    }

    private static void miss(ApiProxy proxy) {
        Set<String> told = ConcurrentHashMap.newKeySet();
        proxy.judge(call -> call.isWatch() ? new Fate.Answered(503, "ServiceUnavailable") : PASSED);
        proxy.watches().cut();
        Thread.ofPlatform().daemon().start(() -> {
            Pause.of(WHILE);
            proxy.judge(call -> call.isWatch() && told.add(call.target()) ? new Fate.Answered(410, "Expired") : PASSED);
        });
    }

    /// What is tried, as rows of a page.
    public static String table() {
        return Arrays.stream(values())
                .map(it -> "| " + it.words + " | the same end, in as many runs |\n")
                .collect(Collectors.joining(
                        "", "| at one request of the operator | what comes of it |\n|---|---|\n", ""));
    }

    /// Of a request that only asks: the operator has no memory but what it is told, so to kill it there, or to deafen
    /// it, is to do that after the write before.
    boolean isOf(ApiCall call) {
        return call.isWrite() || this == Refused;
    }

    /// Watches are begun anew whenever it pleases the API server.
    static boolean counts(ApiCall call) {
        return !call.isWatch();
    }
}
