package dev.lockstep.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line, as far as it goes without an API server.
class CliTest {
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: here
            contexts: [{name: here, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:9"}}]
            users: [{name: u, user: {token: none}}]
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void every_verb_and_every_exit_status_stands_in_the_guide() throws IOException {
        var guide = Files.readString(Path.of("../docs/guides/kubectl.md"));

        assertThat(Cli.line(world(Map.of(), Optional.empty())).getSubcommands().keySet())
                .allSatisfy(verb -> assertThat(guide).containsPattern("(?m)^\\|.*`" + verb + "[ `]"));
        assertThat(Problem.Kind.values())
                .allSatisfy(kind -> assertThat(guide).contains("| " + kind.exit() + " | " + kind.meaning() + " |"));
        assertThat(Verdict.values())
                .allSatisfy(it -> assertThat(guide).containsPattern("(?m)^\\| " + it.exit() + " \\| .*Of `status`"));
    }

    @Test
    void what_cannot_be_read_is_answered_with_where_help_is() {
        assertThat(run("statsu")).isEqualTo(2);
        assertThat(run("approve")).isEqualTo(2);

        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "Usage: Unmatched argument at index 0: 'statsu'; kubectl lockstep --help lists the verbs",
                        "Usage: Missing required parameter: 'NAME'; kubectl lockstep approve --help lists its options");
    }

    @Test
    void where_nobody_says_which_cluster_that_is_told() throws IOException {
        var kubeconfig = Files.writeString(folder.resolve("config"), KUBECONFIG).toString();

        assertThat(run("status", "--kubeconfig", folder + "/none")).isEqualTo(2);
        assertThat(run("status", "--kubeconfig", kubeconfig, "--context", "there"))
                .isEqualTo(2);

        assertThat(err.toString(UTF_8))
                .contains("/none: the kubeconfig cannot be read; name another file")
                .contains("--context: no context there; there are: here");
    }

    @Test
    void a_server_that_is_not_there_is_named() throws IOException {
        var kubeconfig = Files.writeString(folder.resolve("config"), KUBECONFIG).toString();

        assertThat(run("status", "orders", "--kubeconfig", kubeconfig)).isEqualTo(4);

        assertThat(err.toString(UTF_8))
                .contains("Unreachable: http://127.0.0.1:9")
                .contains("check the network");
    }

    @Test
    void a_yes_is_asked_for_on_a_terminal_and_has_to_be_said_elsewhere() {
        assertThatThrownBy(() -> world(Map.of(), Optional.empty()).refuseUnagreed("? ", false))
                .hasMessageContaining("say --yes");
        assertThatThrownBy(() -> answering("").refuseUnagreed("? ", false)).hasMessageContaining("no yes");
        assertThatThrownBy(() -> answering("n").refuseUnagreed("? ", false)).hasMessageContaining("no yes");
        assertThatCode(() -> answering("Yes").refuseUnagreed("? ", false)).doesNotThrowAnyException();
        assertThatCode(() -> answering("n").refuseUnagreed("? ", true)).doesNotThrowAnyException();
    }

    @Test
    void colours_are_for_terminals_and_not_for_those_who_want_none() {
        assertThat(answering("").paint()).isEqualTo(new Paint(true));
        assertThat(world(Map.of(), Optional.empty()).paint()).isEqualTo(Paint.NONE);
        assertThat(world(Map.of("NO_COLOR", "1"), Optional.of(prompt -> Optional.empty()))
                        .paint())
                .isEqualTo(Paint.NONE);
    }

    @Test
    void what_is_left_over_is_taken_away_once_and_nothing_is_made_after_the_end() {
        var deeds = new ArrayList<String>();
        var leftovers = new Leftovers();

        leftovers.make(() -> deeds.add("made"), () -> deeds.add("removed"));
        leftovers.remove();
        leftovers.end();
        leftovers.make(() -> deeds.add("made again"), () -> deeds.add("removed again"));

        assertThat(deeds).containsExactly("made", "removed");
    }

    private int run(String... arguments) {
        return Cli.run(world(Map.of(), Optional.empty()), arguments);
    }

    private World answering(String answer) {
        return world(Map.of(), Optional.of(prompt -> Optional.of(answer)));
    }

    private World world(Map<String, String> environment, Optional<World.Terminal> terminal) {
        return new World(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                InstantSource.fixed(Instant.EPOCH),
                new Random(1),
                environment,
                terminal,
                folder,
                new Leftovers());
    }
}
