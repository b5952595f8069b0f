package dev.lockstep.runner;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Catalogue;
import dev.lockstep.script.Conventions;
import dev.lockstep.script.Folder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/// A project's scripts: where they lie and how they are written.
///
/// @param folders at least one
record Project(List<Path> folders, Conventions conventions) {

    /// @param now for `${flyway:timestamp}`
    /// @throws Refusal what is wrong with the scripts; `FilesMissing` for folders without any
    Graph graph(Dialect dialect, Instant now, Screen screen) throws Refusal {
        var graph = drawn(dialect, now, screen);
        if (graph.isEmpty()) {
            var where = folders.stream().map(Path::toString).collect(Collectors.joining(", "));
            throw new Refusal(Code.FilesMissing, where, "the folder has no scripts", "name the migrations folder");
        }
        return graph;
    }

    /// The same where there may be no script yet.
    Graph drawn(Dialect dialect, Instant now, Screen screen) throws Refusal {
        var files = Folder.read(folders, conventions.naming());
        var catalogue = Catalogue.of(files, dialect.vendor(), filled(dialect, now));
        catalogue.warnings().forEach(warning -> screen.err().println("warning: " + warning));
        return Graph.of(catalogue);
    }

    private Conventions filled(Dialect dialect, Instant now) {
        var placeholders = conventions.placeholders();
        var own = new HashMap<String, String>();
        BuiltIns.of(dialect.address(), now).forEach((name, value) -> own.put(placeholders.builtIn(name), value));
        return new Conventions(conventions.naming(), placeholders.with(own), conventions.mixed());
    }
}
