package dev.lockstep.tidy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Imports point left: a package uses only what stands before it in the order of its process.
interface Arrows {
    List<List<String>> ORDERS = List.of(
            List.of(
                    "handover",
                    "script",
                    "graph",
                    "rebuild",
                    "dialect",
                    "lint",
                    "history",
                    "plan",
                    "backup",
                    "engine",
                    "runner"),
            List.of(
                    "handover",
                    "resource",
                    "observed",
                    "decision",
                    "job",
                    "status",
                    "metrics",
                    "reconcile",
                    "probe",
                    "operator",
                    "plugin"));
    Pattern OURS = Pattern.compile("^dev\\.lockstep\\.([a-z]+)");

    static Stream<String> broken(Source source) {
        if (!source.isProduct()) return Stream.empty();
        var order =
                ORDERS.stream().filter(words -> words.contains(source.word())).findFirst();
        if (order.isEmpty())
            return Stream.of(source.path() + ": package " + source.word() + " has no place in the order");
        return used(source)
                .filter(word -> !mayUse(order.get(), source.word(), word))
                .map(word -> source.path() + ": " + source.word() + " uses " + word);
    }

    /// What both processes share may use the JDK only, so that each reads it with its own libraries.
    static Stream<String> laden(Source source) {
        if (!source.isProduct() || !source.word().equals("handover")) return Stream.empty();
        if (source.path().endsWith("package-info.java")) return Stream.empty();
        return source.mentions().stream()
                .filter(name -> name.matches("(org|com|io|jakarta)\\..*"))
                .map(name -> source.path() + ": handover uses " + name);
    }

    private static boolean mayUse(List<String> order, String user, String used) {
        return order.contains(used) && order.indexOf(used) <= order.indexOf(user);
    }

    private static Stream<String> used(Source source) {
        return source.mentions().stream()
                .map(OURS::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .distinct();
    }
}
