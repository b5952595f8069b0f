package dev.lockstep.runner;

import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Draft;
import dev.lockstep.script.Version;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes new scripts into the first folder; never over one that is there.
record Author(World world, Project project) {

    /// @return the files, of which the last may be its down script
    List<Path> write(Draft draft, Optional<Version> newest, boolean down) throws Refusal {
        var version = draft.version(newest);
        var files = new ArrayList<Path>();
        var naming = project.conventions().naming();
        files.add(write(draft.file(naming, version), draft.text()));
        if (down) {
            files.add(write(draft.downFile(naming, version), draft.downText()));
        }
        return files;
    }

    private Path write(String name, String text) throws Refusal {
        var folder = project.folders().getFirst();
        var file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            return Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw new Refusal(Code.Usage, file.toString(), "is there already", "use another message, or delete it");
        } catch (IOException e) {
            throw new Refusal(
                    Code.FilesMissing,
                    file.toString(),
                    "cannot be written (" + e.getClass().getSimpleName() + ")",
                    "check the folder's permissions");
        }
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
