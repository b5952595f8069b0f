package dev.lockstep.tidy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How big a thing may be and what it may be called.
interface Shape {
    int FILE_LINES_MAX = 250;
    int METHOD_LINES_MAX = 30;
    /// Words that say nothing; a name with one of them has not been found yet.
    Set<String> EMPTY_WORDS = Set.of(
            "Util",
            "Utils",
            "Helper",
            "Helpers",
            "Manager",
            "Handler",
            "Service",
            "Impl",
            "Abstract",
            "Base",
            "Common",
            "Data",
            "Info");

    static Stream<String> tooLong(Source source) {
        var file = source.lines() > FILE_LINES_MAX
                ? Stream.of("%s: %d lines, at most %d".formatted(source.path(), source.lines(), FILE_LINES_MAX))
                : Stream.<String>empty();
        var methods = source.methods().stream()
                .filter(method -> method.lines() > METHOD_LINES_MAX)
                .map(method -> "%s:%d: %s has %d lines, at most %d"
                        .formatted(source.path(), method.line(), method.name(), method.lines(), METHOD_LINES_MAX));
        return Stream.concat(file, methods);
    }

    static Stream<String> emptyNames(Source source) {
        var packages = Stream.of(source.packageName().split("\\."))
                .filter(word -> EMPTY_WORDS.stream().anyMatch(word::equalsIgnoreCase));
        var types = source.types().stream()
                .filter(name -> Stream.of(name.split("(?=[A-Z])")).anyMatch(EMPTY_WORDS::contains));
        return Stream.concat(packages, types).map(name -> source.path() + ": the name " + name);
    }

    /// Packages that do not say what they are, or in which null is not ruled out.
    static Stream<String> unexplained(List<Source> sources) {
        var explained = sources.stream()
                .filter(source -> source.path().endsWith("/package-info.java"))
                .map(Source::packageName)
                .collect(Collectors.toSet());
        return sources.stream()
                .map(Source::packageName)
                .filter(name -> !explained.contains(name))
                .distinct()
                .map(name -> name + ": no package-info.java");
    }
}
