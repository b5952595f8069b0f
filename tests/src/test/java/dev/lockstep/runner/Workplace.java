package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// An empty database and a terminal for each test.
abstract class Workplace {
    static final String INIT =
            "create table orders (id integer primary key, total integer);\ninsert into orders values (1, 10);\n";

    @TempDir
    Path folder;

    Terminal terminal = new Terminal(new Bed.Sqlite(Path.of("/nowhere/none.db")), Path.of("/nowhere"));

    abstract Bed bed();

    /// Another empty database of the same kind.
    Bed other() {
        return bed();
    }

    @BeforeEach
    void open() {
        terminal = new Terminal(bed(), folder);
    }

    Bed database() {
        return terminal.bed();
    }

    void atRevisionOne() {
        terminal.script("V1__init.sql", INIT);
        succeeds(terminal.upgrade());
    }

    static void succeeds(Terminal.Result result) {
        assertThat(result.exit()).as(result.all()).isZero();
    }

    static void fails(Terminal.Result result, Code code, String place) {
        assertThat(result.exit()).as(result.all()).isEqualTo(code.exit());
        assertThat(result.err()).contains(code + ": " + place);
    }

    /// A process of its own, which can be killed.
    Process process(String verb, String... more) throws IOException {
        return terminal.start(folder.resolve("process.log"), verb, more);
    }
}
