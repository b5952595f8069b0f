package dev.lockstep.tidy;

import dev.lockstep.server.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The repository's text files by their path from its root, without what builds have made.
record Tree(Map<String, String> texts) {
    private static final Set<String> MADE = Set.of("target", ".git", ".idea", ".vscode", ".lockstep", "node_modules");

    Tree {
        texts = Map.copyOf(texts);
    }

    static Tree ofRepository() {
        var root = Repository.root();
        var texts = new TreeMap<String, String>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    var skipped = MADE.contains(folder.getFileName().toString());
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()) read(file, root, texts);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Tree(texts);
    }

    /// The files whose path matches the regular expression.
    Tree matching(String regex) {
        return new Tree(texts.entrySet().stream()
                .filter(file -> file.getKey().matches(regex))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /// The files that are scripts for this interpreter, by their first line.
    Tree scripts(String interpreter) {
        return new Tree(texts.entrySet().stream()
                .filter(file -> file.getValue()
                        .matches("(?s)#!\\S*[/ ]" + interpreter + "\\b.*|#!/usr/bin/env " + interpreter + "\\b.*"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static void read(Path file, Path root, Map<String, String> texts) throws IOException {
        try {
            texts.put(root.relativize(file).toString(), Files.readString(file));
        } catch (CharacterCodingException _) {
            // A picture or an archive: no rule is about those.
        }
    }
}
