package dev.lockstep.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.server.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The repository keeps its rules.
class TidyTest {
    private static final Tree TREE = Tree.ofRepository();
    private static final List<Source> SOURCES =
            Parser.parse(TREE.matching(".*/src/(main|test)/java/.*\\.java").texts());

    @Test
    void it_is_read_at_all() {
        assertThat(SOURCES).extracting(Source::path).anyMatch(path -> path.endsWith("tidy/TidyTest.java"));
        assertThat(TREE.texts()).containsKeys("Makefile", ".ci/run", "pom.xml");
    }

    @Test
    void imports_point_left() {
        assertThat(each(Arrows::broken)).isEmpty();
    }

    @Test
    void handover_is_read_with_the_jdk_alone() {
        assertThat(each(Arrows::laden)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("table")
    void only_some_may_touch(OnlyHere rule) {
        assertThat(each(rule::broken)).isEmpty();
    }

    @Test
    void only_the_dialect_has_sql() {
        assertThat(each(OnlyHere::strayStatements)).isEmpty();
    }

    @Test
    void what_is_said_fits_a_resource_too() {
        assertThat(each(Wording::forTerminalsOnly)).isEmpty();
    }

    @Test
    void files_and_methods_fit_the_eye() {
        assertThat(each(Shape::tooLong)).isEmpty();
    }

    @Test
    void names_say_something() {
        assertThat(each(Shape::emptyNames)).isEmpty();
    }

    @Test
    void every_package_says_what_it_is() {
        assertThat(Shape.unexplained(SOURCES)).isEmpty();
    }

    @Test
    void links_in_documents_lead_somewhere() {
        var root = Repository.root();

        var dead = Papers.deadLinks(
                TREE.matching(".*\\.md"),
                path -> Files.exists(root.resolve(path.toString().substring(1))));

        assertThat(dead).isEmpty();
    }

    @Test
    void every_test_that_a_document_names_is_there() {
        var tests = TREE.matching(".*/src/test/java/.*\\.java");

        assertThat(Papers.unproved(TREE.matching("docs/.*\\.md"), tests)).isEmpty();
    }

    @Test
    void every_code_is_provoked_by_a_test_that_the_document_names() {
        var tests = TREE.matching(".*/src/test/java/.*\\.java");
        var document = TREE.matching("docs/reference/features.md")
                .texts()
                .values()
                .iterator()
                .next();

        var codes = Arrays.stream(Code.values()).map(Code::name);

        assertThat(Papers.unprovoked(document, tests, codes)).isEmpty();
    }

    @Test
    void nothing_is_put_off() {
        assertThat(Papers.putOff(TREE)).isEmpty();
    }

    @Test
    void the_charts_definitions_are_the_generated_ones() {
        assertThat(Papers.staleCopies(TREE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scripts_can_be_read_by_their_shell(String path) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "bash", "-n", Repository.root().resolve(path).toString())
                .inheritIO()
                .start();

        assertThat(process.waitFor()).isZero();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scripts_stop_at_the_first_failure_and_may_be_run(String path) {
        assertThat(TREE.texts().get(path)).containsAnyOf("set -euo pipefail", "set -u");
        assertThat(Repository.root().resolve(path)).isExecutable();
    }

    static Stream<OnlyHere> table() {
        return OnlyHere.TABLE.stream();
    }

    static Stream<String> scripts() {
        return TREE.scripts("bash").texts().keySet().stream().sorted();
    }

    private static Stream<String> each(Function<Source, Stream<String>> rule) {
        return SOURCES.stream().flatMap(rule);
    }
}
