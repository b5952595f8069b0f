package dev.lockstep.runner;

import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Draft;
import dev.lockstep.script.Naming;
import dev.lockstep.script.Version;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Writes new scripts into one folder; never over one that is there.
record Author(World world, Naming naming, Path folder) {

    /// Into the project's first folder.
    static Author of(World world, Project project) {
        return new Author(
                world, project.conventions().naming(), project.folders().getFirst());
    }

    /// Into the folder of this vendor's own scripts, if the project has one: others could not read them.
    Author ofVendor(String vendor) {
        var own = folder.resolve(vendor);
        return Files.isDirectory(own) ? new Author(world, naming, own) : this;
    }

    /// One after the other; all or, where one of them is there already, none.
    ///
    /// @return the files, each script before its down script
    List<Path> write(List<Draft> drafts, Optional<Version> newest, boolean down) throws Refusal {
        var texts = new LinkedHashMap<Path, String>();
        var before = newest;
        for (var draft : drafts) {
            var version = draft.version(before);
            texts.put(folder.resolve(draft.file(naming, version)), draft.text());
            if (down) {
                texts.put(folder.resolve(draft.downFile(naming, version)), draft.downText());
            }
            before = Optional.of(version);
        }
        for (var file : texts.keySet()) {
            if (Files.exists(file)) {
                throw taken(file);
            }
        }
        for (var text : texts.entrySet()) {
            write(text.getKey(), text.getValue());
        }
        return List.copyOf(texts.keySet());
    }

    private void write(Path file, String text) throws Refusal {
        try {
            Files.createDirectories(folder);
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw taken(file);
        } catch (IOException e) {
            throw new Refusal(
                    Code.FilesMissing,
                    file.toString(),
                    "cannot be written (" + e.getClass().getSimpleName() + ")",
                    "check the folder's permissions");
        }
    }

    private static Refusal taken(Path file) {
        return new Refusal(Code.Usage, file.toString(), "is there already", "use another message, or delete it");
    }

    /// A name that no revision has yet.
    String alias(Graph graph) {
        while (true) {
            var alias = "%012x".formatted(world.random().nextLong(1L << 48));
            if (graph.named(alias).isEmpty()) {
                return alias;
            }
        }
    }

    static Optional<Version> newest(Graph graph) {
        return graph.revisions().isEmpty()
                ? Optional.empty()
                : Optional.of(graph.revisions().getLast().version());
    }

    static List<String> titles(List<Revision> revisions) {
        return revisions.stream().map(Revision::title).toList();
    }

    /// Tells where the new scripts are: nothing else, so that an editor can be given the answer.
    static int tell(Cli cli, List<Path> files) {
        if (cli.output() == Output.json) {
            cli.world()
                    .out()
                    .println(Json.write(files.stream().map(Path::toString).toList()));
        } else {
            files.forEach(file -> cli.world().out().println(file));
        }
        return 0;
    }
}
