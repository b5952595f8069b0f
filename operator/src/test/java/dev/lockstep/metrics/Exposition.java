package dev.lockstep.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Prometheus' text format, read as Prometheus reads it: families of series.
///
/// @param families by the name that HELP and TYPE have
/// @param series every line that is a value
record Exposition(Map<String, Family> families, List<Series> series) {
    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    /// @param labels the names of its series' labels, without a histogram's `le`
    record Family(String name, String type, String what, Set<String> labels) {}

    record Series(String name, Map<String, String> labels, double value) {}

    static Exposition of(String text) {
        var series = text.lines()
                .filter(it -> !it.isEmpty() && !it.startsWith("#"))
                .map(Exposition::series)
                .toList();
        var families = new TreeMap<String, Family>();
        var helps = marked(text, "HELP");
        marked(text, "TYPE")
                .forEach((name, type) -> families.put(
                        name, new Family(name, type, helps.getOrDefault(name, ""), labels(name, type, series))));
        return new Exposition(families, series);
    }

    private static Map<String, String> marked(String text, String mark) {
        return text.lines()
                .filter(it -> it.startsWith("# " + mark + " "))
                .map(it -> it.split(" ", 4))
                .collect(Collectors.toMap(it -> it[2], it -> it[3]));
    }

    private static Set<String> labels(String name, String type, List<Series> series) {
        var ours = series.stream().filter(it -> name.equals(family(it.name(), type)));
        var labels = ours.flatMap(it -> it.labels().keySet().stream()).filter(it -> !it.equals("le"));
        return labels.collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String family(String name, String type) {
        return type.equals("histogram") ? name.replaceFirst("_(bucket|count|sum)$", "") : name;
    }

    private static Series series(String line) {
        var parts = SERIES.matcher(line);
        if (!parts.matches()) throw new AssertionError("no series: " + line);
        var labels = new LinkedHashMap<String, String>();
        var text = parts.group(2) == null ? "" : parts.group(2);
        LABEL.matcher(text).results().forEach(it -> labels.put(it.group(1), it.group(2)));
        return new Series(parts.group(1), labels, Double.parseDouble(parts.group(3)));
    }

    Stream<Series> named(String name) {
        return series.stream().filter(it -> it.name().equals(name));
    }

    /// The one series of that name with these labels, in pairs; others it may have.
    double value(String name, String... labels) {
        var wanted = new ArrayList<Map.Entry<String, String>>();
        for (var at = 0; at < labels.length; at += 2) wanted.add(Map.entry(labels[at], labels[at + 1]));
        var found = named(name)
                .filter(it -> it.labels().entrySet().containsAll(wanted))
                .toList();
        if (found.size() != 1) throw new AssertionError(name + wanted + " is there " + found.size() + " times");
        return found.getFirst().value();
    }

    long count(String name) {
        return named(name).count();
    }
}
