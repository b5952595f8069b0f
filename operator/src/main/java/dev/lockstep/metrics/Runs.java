package dev.lockstep.metrics;

import dev.lockstep.handover.Code;
import dev.lockstep.observed.Ended;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs that began and ended. Each series is there from the beginning, at 0: an increase from nothing to 1 is none
/// for Prometheus.
final class Runs {
    /// A run that has nothing to do takes a second or two beside its pod's start; one with a large batch takes hours.
    private static final Duration[] BUCKETS = Stream.of(1, 2, 5, 10, 20, 60, 120, 300, 600, 1800, 3600, 7200, 21_600)
            .map(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final Map<Verb, Counter> started;
    private final Map<Verb, Map<String, Counter>> ended;
    private final Map<Verb, Timer> durations;
    private final Reports reports;

    /// Jobs that have been counted and are not told of yet, by resource. Their end is seen at every look until a status
    /// has been written, and writing it may fail.
    private final Map<String, Set<String>> counted = new ConcurrentHashMap<>();

    Runs(MeterRegistry meters) {
        started = each(
                verb -> Metrics.counter(meters, "lockstep.runs.started", "Jobs that were made.", "verb", verb.name()));
        ended = each(verb -> words().collect(Collectors.toMap(Function.identity(), it -> ended(meters, verb, it))));
        durations = each(verb -> Timer.builder("lockstep.run.duration")
                .description("From when a Job was made until its container ended, where it left a Report.")
                .tag("verb", verb.name())
                .serviceLevelObjectives(BUCKETS)
                .register(meters));
        reports = new Reports(meters);
    }

    private static Counter ended(MeterRegistry meters, Verb verb, String result) {
        var what = "Runs that ended. The result is Done, Ahead, NoReport or an error's code.";
        return Metrics.counter(meters, "lockstep.runs.ended", what, "verb", verb.name(), "result", result);
    }

    private static <T> Map<Verb, T> each(Function<Verb, T> made) {
        var all = new EnumMap<Verb, T>(Verb.class);
        for (var verb : Verb.values()) all.put(verb, made.apply(verb));
        return all;
    }

    /// Every word that a result can have.
    private static Stream<String> words() {
        return Stream.concat(
                        Stream.of(new Result.Done(), new Result.Ahead(), new Result.Silent()),
                        Arrays.stream(Code.values()).map(Result.Stopped::new))
                .map(Result::word);
    }

    void started(String order) {
        of(started, Verb.of(order)).increment();
    }

    /// One look is at one resource, and no two looks at one are at once.
    void ended(Observed observed) {
        var path = observed.identity().path();
        var before = counted.getOrDefault(path, Set.of());
        var now = observed.ended().stream().map(Ended::job).collect(Collectors.toUnmodifiableSet());
        observed.ended().stream().filter(it -> !before.contains(it.job())).forEach(this::count);
        if (now.isEmpty()) counted.remove(path);
        else counted.put(path, now);
    }

    private void count(Ended end) {
        var verb = Verb.of(end.order());
        of(of(ended, verb), end.result().word()).increment();
        end.took().ifPresent(of(durations, verb)::record);
        end.report().ifPresent(reports::count);
        end.taken().ifPresent(reports::count);
    }

    private static <K, V> V of(Map<K, V> all, K key) {
        return Objects.requireNonNull(all.get(key));
    }
}
