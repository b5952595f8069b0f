package dev.lockstep.tidy;

import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Rules about files that are not, or not only, Java.
interface Papers {
    Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    Pattern PROOF = Pattern.compile("`([A-Z]\\w*(?:Test|Conformance))\\.(\\w+)`");
    Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| `(\\w+)\\.\\w+` \\|");
    /// Spelled apart, so that this file does not break its own rule.
    Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b|@Dis" + "abled\\b");
    String CHART = "charts/lockstep/templates/";

    /// Links in documents to files that are not there.
    ///
    /// @param exists whether a path from the repository's root is a file or folder
    static Stream<String> deadLinks(Tree documents, Predicate<Path> exists) {
        return documents.texts().entrySet().stream()
                .flatMap(file -> LINK.matcher(file.getValue())
                        .results()
                        .map(link -> link.group(1).replaceFirst("#.*", ""))
                        .filter(link -> !link.isEmpty() && !link.matches("[a-z]+:.*"))
                        .filter(link -> !exists.test(beside(file.getKey(), link)))
                        .map(link -> file.getKey() + ": no " + link));
    }

    /// Tests that a document names as a proof and that are not there: `` `Class.method` ``.
    static Stream<String> unproved(Tree documents, Tree tests) {
        return documents.texts().entrySet().stream()
                .flatMap(file -> PROOF.matcher(file.getValue())
                        .results()
                        .filter(proof -> !isThere(proof.group(1), proof.group(2), tests))
                        .map(proof -> file.getKey() + ": no test " + proof.group()));
    }

    /// Codes for which no row of the document names a test that knows them: `` | `Code` | `Class.method` ``.
    static Stream<String> unprovoked(String document, Tree tests, Stream<String> codes) {
        var rows = document.lines().map(ROW::matcher).filter(Matcher::matches).toList();
        return codes.filter(code ->
                rows.stream().noneMatch(row -> row.group(1).equals(code) && knows(row.group(2), code, tests)));
    }

    private static boolean knows(String type, String code, Tree tests) {
        return tests.texts().entrySet().stream()
                .filter(file -> file.getKey().endsWith("/" + type + ".java"))
                .anyMatch(file -> file.getValue().contains("Code." + code)
                        || file.getValue().contains("\"" + code));
    }

    private static boolean isThere(String type, String method, Tree tests) {
        return tests.texts().entrySet().stream()
                .filter(file -> file.getKey().endsWith("/" + type + ".java"))
                .anyMatch(file -> file.getValue().contains(" " + method + "("));
    }

    /// What was put off, in whatever file.
    static Stream<String> putOff(Tree tree) {
        return tree.texts().entrySet().stream()
                .flatMap(file -> LATER.matcher(file.getValue())
                        .results()
                        .map(MatchResult::group)
                        .map(word -> file.getKey() + ": " + word));
    }

    /// The chart's copies of the generated definitions, when there is a chart, that are missing or say something
    /// else.
    static Stream<String> staleCopies(Tree tree) {
        if (tree.matching(CHART + ".*").texts().isEmpty()) return Stream.empty();
        return tree.matching("crds/[^/]*\\.yaml").texts().entrySet().stream()
                .filter(file -> !file.getValue().equals(tree.texts().get(copy(file.getKey()))))
                .map(file -> copy(file.getKey()) + " is not " + file.getKey());
    }

    private static String copy(String definition) {
        return CHART + Path.of(definition).getFileName();
    }

    private static Path beside(String document, String link) {
        return Path.of("/").resolve(document).resolveSibling(link).normalize();
    }
}
