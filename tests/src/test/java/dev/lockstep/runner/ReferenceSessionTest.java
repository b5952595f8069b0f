package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people see who follow the reference document with our verbs, on both databases. With
/// `-Dlockstep.golden=write` the transcripts are rewritten instead: read them.
final class ReferenceSessionTest {
    @TempDir
    Path folder;

    @Test
    void on_sqlite() throws IOException {
        var bed = new Bed.Sqlite(folder.resolve("app.db"));

        assertTranscript("sqlite", new ReferenceSession(new Terminal(bed, folder), List.of()));
    }

    @Test
    void on_postgresql() throws IOException {
        var bed = (Bed.Postgresql) Bed.postgresql(18);
        var secrets = List.of(
                bed.database().owner().user(),
                bed.database().name(),
                Integer.toString(bed.database().port()));

        assertTranscript("postgresql", new ReferenceSession(new Terminal(bed, folder), secrets));
    }

    private static void assertTranscript(String name, ReferenceSession session) throws IOException {
        var golden = Repository.root().resolve("tests/src/test/resources/session/" + name + ".txt");
        var transcript = session.play();
        if ("write".equals(System.getProperty("lockstep.golden"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, transcript);
        }

        assertThat(transcript).isEqualTo(Files.readString(golden));
    }
}
