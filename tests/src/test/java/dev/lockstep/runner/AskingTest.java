package dev.lockstep.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is asked of a person at a terminal: a real one, which `script` of util-linux makes.
final class AskingTest {
    @TempDir
    Path folder;

    private String typed(String answer, String... words) throws IOException, InterruptedException {
        var process = start(words);
        process.outputWriter().append(answer).append('\n').flush();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return said;
    }

    private Process start(String... words) throws IOException {
        var command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT", // whoever runs the tests in the background has it ignored
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.lockstep.runner.Main"));
        command.addAll(List.of(words));
        command.add("--database=sqlite:" + folder.resolve("app.db"));
        var line = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return new ProcessBuilder("script", "--quiet", "--return", "--command", line, "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private void script(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve("migrations"));
        Files.writeString(folder.resolve("migrations").resolve(name), text);
    }

    @Test
    void a_revision_without_a_message_asks_for_one() throws IOException, InterruptedException {
        assertThat(typed("Add a note", "revision"))
                .contains("Enter migration message: ")
                .containsPattern("migrations/V\\d{14}__add_a_note\\.sql");
    }

    @Test
    void what_loses_data_asks_first_and_takes_only_yes() throws IOException, InterruptedException {
        script("V1__a.sql", "create table a (id integer);");
        typed("", "upgrade");
        script("V2__b.sql", "drop table a;");

        assertThat(typed("y", "upgrade"))
                .contains("loses data: V2__b.sql", "Type yes to run these too: ", "needs an approval");
        assertThat(typed("yes", "upgrade")).contains("at revision 2, 1 applied");
    }

    @Test
    void a_question_that_stands_open_ends_with_the_process() throws IOException, InterruptedException {
        script("V1__a.sql", "create table a (id integer);");
        typed("", "upgrade");
        script("V2__b.sql", "drop table a;");

        assertThat(ended("TERM")).isEqualTo(143);
        assertThat(ended("INT")).isEqualTo(130);
        assertThat(typed("", "current")).containsPattern("(?m)^1\\s*$");
    }

    /// Exit status of an upgrade that gets a signal while it asks.
    private int ended(String signal) throws IOException, InterruptedException {
        var asking = start("upgrade");
        var said = new StringBuilder();
        while (said.indexOf("Type yes") < 0) {
            said.append((char) asking.getInputStream().read());
        }
        var asked = asking.descendants()
                .filter(it -> it.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        new ProcessBuilder("kill", "-" + signal, "" + asked.pid()).start().waitFor();
        assertThat(asking.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return asking.exitValue();
    }
}
