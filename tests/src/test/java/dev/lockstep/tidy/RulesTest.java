package dev.lockstep.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every rule sees what breaks it, and lets pass what does not.
class RulesTest {
    @Test
    void an_import_that_points_right_is_seen() {
        var wrong = source("script", "import dev.lockstep.engine.Outcome; class Name {}");
        var right = source("engine", "import dev.lockstep.script.Name; class Outcome {}");

        assertThat(Arrows.broken(wrong)).containsExactly("m/src/main/java/script/Name.java: script uses engine");
        assertThat(Arrows.broken(right)).isEmpty();
    }

    @Test
    void an_option_that_no_resource_has_is_seen() {
        var wrong = source("engine", "class Name { String it = \"go on with --fast, or lockstep hurry\"; }");
        var right = source("engine", "class Name { String it = \"--fast\", other = \"raise --lock-budget\"; }");

        assertThat(Wording.forTerminalsOnly(wrong)).hasSize(1);
        assertThat(Wording.forTerminalsOnly(right)).isEmpty();
    }

    @Test
    void a_name_written_out_is_an_import_too() {
        var wrong = source("decision", "class Name { dev.lockstep.reconcile.Loop loop; }");

        assertThat(Arrows.broken(wrong)).hasSize(1);
    }

    @Test
    void the_runner_and_the_operator_do_not_know_each_other() {
        assertThat(Arrows.broken(source("runner", "import dev.lockstep.job.Name; class Name {}")))
                .hasSize(1);
    }

    @Test
    void a_package_without_a_place_is_seen() {
        assertThat(Arrows.broken(source("stuff", "class Name {}"))).hasSize(1);
    }

    @Test
    void a_proof_that_is_no_test_is_seen() {
        var tests = new Tree(Map.of("t/ATest.java", "void it_works() {}"));
        var right = new Tree(Map.of("docs/a.md", "proved by `ATest.it_works`"));
        var wrong = new Tree(Map.of("docs/a.md", "proved by `ATest.it_flies`, `BTest.it_works` and `ATest.up`"));

        assertThat(Papers.unproved(right, tests)).isEmpty();
        assertThat(Papers.unproved(wrong, tests)).hasSize(3);
    }

    @Test
    void a_library_in_handover_is_seen() {
        assertThat(Arrows.laden(source("handover", "import com.fasterxml.jackson.databind.JsonNode; class Name {}")))
                .isNotEmpty();
        assertThat(Arrows.laden(source("handover", "import java.util.List; class Name {}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    decision  | import io.fabric8.kubernetes.client.KubernetesClient; class Name {}
                    probe     | import io.javaoperatorsdk.operator.Operator; class Name {}
                    decision  | import io.fabric8.kubernetes.api.model.Pod; class Name {}
                    runner    | import org.flywaydb.core.Flyway; class Name {}
                    plan      | import java.sql.Connection; class Name {}
                    graph     | class Name { long n = java.nio.file.Files.size(p); }
                    engine    | class Name { String home = System.getenv("HOME"); }
                    runner    | class Name { void end() { System.exit(1); } }
                    status    | import java.time.Instant; class Name { Instant now = Instant.now(); }
                    job       | import java.util.Random; class Name { Random random = new Random(); }
                    reconcile | class Name { void wait() { Thread.sleep(1); } }
                    """)
    void a_thing_in_the_wrong_place_is_seen_once(String word, String code) {
        var source = source(word, code);

        assertThat(OnlyHere.TABLE.stream()
                        .filter(rule -> rule.broken(source).findAny().isPresent()))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    resource | import io.fabric8.kubernetes.client.CustomResource; class Name {}
                    engine   | import org.flywaydb.core.Flyway; class Name { void wait() { Thread.sleep(1); } }
                    decision | class Name { String text = "System.exit(1) and Instant.now()"; }
                    """)
    void a_thing_in_its_place_is_let_pass(String word, String code) {
        assertThat(OnlyHere.TABLE.stream().flatMap(rule -> rule.broken(source(word, code))))
                .isEmpty();
    }

    @Test
    void sql_outside_the_dialect_is_seen() {
        var code = "class Name { String sql = \"SELECT 1 FROM pet\"; String word = \"select\"; }";

        assertThat(OnlyHere.strayStatements(source("engine", code))).hasSize(1);
        assertThat(OnlyHere.strayStatements(source("dialect", code))).isEmpty();
    }

    @Test
    void a_long_file_and_a_long_method_are_seen() {
        var method = source("plan", "class Name { void run() {\n" + "run();\n".repeat(29) + "} }");
        var fits = source("plan", "class Name { void run() {\n" + "run();\n".repeat(28) + "} }");
        var file = source("plan", "class Name {" + "\n".repeat(250) + "}");

        assertThat(Shape.tooLong(method))
                .containsExactly("m/src/main/java/plan/Name.java:1: run has 31 lines, at most 30");
        assertThat(Shape.tooLong(fits)).isEmpty();
        assertThat(Shape.tooLong(file)).hasSize(1);
    }

    @Test
    void empty_names_are_seen_and_words_that_contain_them_are_not() {
        assertThat(Shape.emptyNames(source("plan", "class RunHelper { record PlanData() {} }")))
                .hasSize(2);
        assertThat(Shape.emptyNames(source("util", "class Name {}"))).hasSize(1);
        assertThat(Shape.emptyNames(source("plan", "class Baseline { record Database() {} }")))
                .isEmpty();
    }

    @Test
    void a_package_that_says_nothing_is_seen() {
        assertThat(Shape.unexplained(List.of(source("plan", "class Name {}")))).hasSize(1);
    }

    @Test
    void a_dead_link_is_seen() {
        var tree = tree("docs/a.md", "[ok](b.md#part) [web](https://example.org) [self](#part) [dead](../c.md)");

        var dead = Papers.deadLinks(tree, Path.of("/docs/b.md")::equals);

        assertThat(dead).containsExactly("docs/a.md: no ../c.md");
    }

    @Test
    void what_is_put_off_is_seen() {
        assertThat(Papers.putOff(tree("a.sh", "# TO" + "DO later"))).hasSize(1);
        assertThat(Papers.putOff(tree("A.java", "@Dis" + "abled void test()"))).hasSize(1);
        assertThat(Papers.putOff(tree("a.sh", "# a method"))).isEmpty();
    }

    @Test
    void a_stale_copy_in_the_chart_is_seen() {
        var copy = "charts/lockstep/templates/things.yaml";

        assertThat(Papers.staleCopies(new Tree(Map.of("crds/things.yaml", "a", copy, "b"))))
                .hasSize(1);
        assertThat(Papers.staleCopies(new Tree(Map.of("crds/things.yaml", "a", copy, "a"))))
                .isEmpty();
        assertThat(Papers.staleCopies(tree("crds/things.yaml", "a"))).isEmpty();
    }

    private static Tree tree(String path, String text) {
        return new Tree(Map.of(path, text));
    }

    private static Source source(String word, String code) {
        var path = "m/src/main/java/" + word + "/Name.java";
        return Parser.parse(Map.of(path, "package dev.lockstep." + word + "; " + code))
                .getFirst();
    }
}
