package dev.lockstep.tidy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Reads Java files with the JDK's own compiler, which cannot misread them.
interface Parser {
    /// @param texts the files by their path from the repository's root
    static List<Source> parse(Map<String, String> texts) {
        var files = texts.entrySet().stream()
                .map(file -> new Text(file.getKey(), file.getValue()))
                .toList();
        if (files.isEmpty()) return List.of();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var options = List.of("-proc:none");
        var manager = compiler.getStandardFileManager(null, Locale.ROOT, UTF_8);
        var task = (JavacTask) compiler.getTask(null, manager, _ -> {}, options, null, files);
        try {
            var trees = Trees.instance(task);
            return StreamSupport.stream(task.parse().spliterator(), false)
                    .map(unit -> source(unit, trees))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source source(CompilationUnitTree unit, Trees trees) {
        var path = unit.getSourceFile().toUri().getPath().substring(1);
        var found = new Visitor(unit, trees.getSourcePositions());
        found.scan(unit, null);
        return new Source(
                path,
                String.valueOf(unit.getPackageName()),
                lines(unit),
                found.types,
                found.methods,
                found.mentions,
                found.literals);
    }

    private static int lines(CompilationUnitTree unit) {
        try {
            return (int)
                    unit.getSourceFile().getCharContent(true).toString().lines().count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file's text under its path.
    final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String path, String text) {
            super(URI.create("text:///" + path), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
