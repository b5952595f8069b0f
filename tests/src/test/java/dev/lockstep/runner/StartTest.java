package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a process loads: the start of a pod waits for it.
final class StartTest {
    @TempDir
    Path folder;

    private Terminal terminal() {
        return new Terminal(new Bed.Sqlite(folder.resolve("app.db")), folder);
    }

    /// Names of all classes that a process of its own loads for this command line.
    private List<String> loaded(String... arguments) throws IOException, InterruptedException {
        var log = folder.resolve("classes.log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        command.add("--database=sqlite:" + folder.resolve("app.db"));
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(log);
    }

    private List<String> upgraded() throws IOException, InterruptedException {
        return loaded("upgrade", "--backup=never", "--migrations=" + terminal().migrations());
    }

    @Test
    void flyway_is_loaded_only_when_something_is_to_be_run() throws IOException, InterruptedException {
        terminal().script("V1__init.sql", Workplace.INIT);

        assertThat(upgraded()).anyMatch(line -> line.contains("org.flywaydb."));
        assertThat(upgraded()).noneMatch(line -> line.contains("org.flywaydb."));
        assertThat(loaded("await", "--revision=1")).noneMatch(line -> line.contains("org.flywaydb."));
    }

    @Test
    void no_verb_is_loaded_but_the_one_that_is_asked_for() throws IOException, InterruptedException {
        terminal().script("V1__init.sql", Workplace.INIT);

        assertThat(upgraded())
                .anyMatch(line -> line.contains("dev.lockstep.runner.Upgrade "))
                .noneMatch(line -> line.contains("dev.lockstep.runner.Await "));
    }

    @Test
    void a_configuration_of_flyway_that_lies_here_is_used_with_a_word() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("scripts"));
        Files.writeString(folder.resolve("scripts/V1__init.sql"), Workplace.INIT);
        Files.writeString(folder.resolve("flyway.conf"), "flyway.locations=filesystem:nowhere\n");
        Files.writeString(folder.resolve("flyway.toml"), "[flyway]\nlocations = ['filesystem:scripts']\n");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "plan",
                        "--database=sqlite:app.db")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();

        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(words).isZero();
        assertThat(words).startsWith("using flyway.toml\n").contains("V1__init.sql");
    }

    @Test
    void json_is_loaded_only_where_it_is_asked_for() throws IOException, InterruptedException {
        terminal().script("V1__init.sql", Workplace.INIT);

        assertThat(upgraded()).noneMatch(line -> line.contains("com.fasterxml.jackson.databind."));
    }
}
