package dev.lockstep.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a [Query] asks for that an [Exposition] does not have. A value that a matcher names has to be there too, also
/// one that it shuts out: every set of values is closed, and whole before anything has happened.
record Asked(Query query, Exposition exposition) {
    /// What Prometheus itself puts on every series.
    private static final Set<String> TARGET = Set.of("namespace", "pod", "job", "instance", "container", "le");

    static List<String> missing(String expression, Exposition exposition) {
        var asked = new Asked(Query.of(expression), exposition);
        var missing = new ArrayList<String>();
        asked.query.selectors().forEach(it -> missing.addAll(asked.missing(it)));
        asked.query.grouping().stream().filter(it -> !asked.isLabel(it)).forEach(it -> missing.add("label " + it));
        if (asked.query.selectors().isEmpty()) missing.add("any series");
        return missing;
    }

    private List<String> missing(Query.Selector selector) {
        var series = exposition.named(selector.name()).toList();
        if (series.isEmpty()) return List.of("series " + selector.name());
        var values = selector.matchers().stream()
                .flatMap(matcher -> matcher.values().stream()
                        .filter(value -> series.stream()
                                .noneMatch(it -> value.equals(it.labels().get(matcher.label()))))
                        .map(value -> selector.name() + " with " + matcher.label() + "=" + value));
        var labels = selector.matchers().stream()
                .map(Query.Matcher::label)
                .filter(label -> series.stream().noneMatch(it -> it.labels().containsKey(label)))
                .map(label -> selector.name() + " with a label " + label);
        var together = series.stream().noneMatch(it -> isMatched(it, selector))
                ? Stream.of("one series for all of " + selector)
                : Stream.<String>empty();
        return Stream.of(values, labels, together).flatMap(it -> it).toList();
    }

    private static boolean isMatched(Exposition.Series series, Query.Selector selector) {
        return selector.matchers().stream()
                .filter(it -> it.isPositive() && !it.values().isEmpty())
                .allMatch(it -> it.values().contains(series.labels().getOrDefault(it.label(), "")));
    }

    private boolean isLabel(String label) {
        return TARGET.contains(label)
                || query.selectors().stream()
                        .flatMap(it -> exposition.named(it.name()))
                        .anyMatch(it -> it.labels().containsKey(label));
    }
}
