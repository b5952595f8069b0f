package dev.lockstep.tidy;

import dev.lockstep.runner.FieldWords;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the engine says to a person at a terminal stands in a resource's status too.
interface Wording {
    Pattern TERMINAL = Pattern.compile("(?<!\\S)--[a-z]|(?<!kubectl )\\blockstep [a-z]");

    /// Who writes scripts does it at a terminal, wherever they run.
    Pattern OF_AUTHORS = Pattern.compile("lockstep (merge|revision|test)\\b.*");

    /// These speak where runs happen; `lint` to authors alone.
    Set<String> PACKAGES = Set.of("script", "graph", "plan", "history", "dialect", "backup", "rebuild", "engine");

    /// Reads what was typed.
    String READER = "/AddressReader.java";

    static Stream<String> forTerminalsOnly(Source source) {
        if (!source.isProduct()
                || !PACKAGES.contains(source.word())
                || source.path().endsWith(READER)) return Stream.empty();
        return source.literals().stream()
                .filter(it -> !it.strip().startsWith("--"))
                .filter(it -> TERMINAL.matcher(
                                OF_AUTHORS.matcher(FieldWords.of(it)).replaceAll(""))
                        .find())
                .map(it -> source.path() + ": FieldWords has no word of a resource for: " + it);
    }
}
