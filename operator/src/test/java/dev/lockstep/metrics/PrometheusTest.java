package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Prometheus itself makes of the operator's metrics, of the chart's alerts and of its dashboard.
class PrometheusTest {
    private static final Path ALERTS = Path.of("../charts/lockstep/files/alerts.yaml");
    private static final Path TESTS = Path.of("src/test/resources/alerts");
    private static final Pattern CALLED = Pattern.compile("alertname=\"(\\w+)\"");
    private static final Pattern RATED = Pattern.compile("(?:rate|increase)\\((\\w+)");
    private static Promtool promtool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void find_promtool() {
        promtool = Promtool.find();
    }

    @Test
    void names_types_and_words_of_metrics_are_as_prometheus_advises() {
        var answer = promtool.ask(folder, Scraped.text(), "check", "metrics");

        assertThat(answer).isEqualTo(new Promtool.Answer(0, ""));
    }

    @Test
    void a_metric_without_words_is_seen() {
        assertThat(promtool.ask(folder, "# TYPE a_total gauge\na_total 1\n", "check", "metrics")
                        .text())
                .contains("no help text", "non-counter metrics should not have \"_total\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "resources", "totals"})
    void an_alert_calls_when_something_is_wrong_and_else_never(String group) throws IOException {
        var test = Files.readString(TESTS.resolve(group + ".yaml"));
        var rules = alerts(group);

        assertPassed(rules, test);
        assertThat(CALLED.matcher(test).results().map(it -> it.group(1))).containsAll(rules.findValuesAsText("alert"));
    }

    /// What was wrong once, or would be: a single refusal called, and two runs counted as three.
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            jobs_refused_total[5m] => jobs_refused_total[15m] => LockstepJobsRefused
            > 2.5                  => > 2                     => LockstepRunsFail
            absent(lockstep_lea    => absent(lockstep_rea     => LockstepAbsent
            """)
    void a_wrong_rule_is_seen(String right, String wrong, String alert) throws IOException {
        var rules = alerts("always").toString();
        assertThat(rules).contains(right);

        var answer = test(tree(rules.replace(right, wrong)), Files.readString(TESTS.resolve("always.yaml")));

        assertThat(answer.exit()).isNotZero();
        assertThat(answer.text()).contains("FAILED", alert);
    }

    @Test
    void a_panel_gets_an_answer() throws IOException {
        assertPassed(unanswered(DashboardTest.shown().map(DashboardTest.Shown::expression)), twoPods());
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            sum(lockstep_reader) => lockstep_reader
            sum by (pod) (jvm_memory_used_bytes * on (answer) lockstep_api_requests_total) => many-to-many
            sum(rate(lockstep_leader)) => expected type range vector
            """)
    void a_panel_without_an_answer_is_seen(String expression, String why) throws IOException {
        var answer = test(unanswered(Stream.of(expression)), twoPods());

        assertThat(answer.exit()).isNotZero();
        assertThat(answer.text()).contains(why);
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void a_rate_is_of_a_counter_and_a_counter_is_never_shown_bare(String expression) {
        var rated = RATED.matcher(expression).results().map(it -> it.group(1));
        var counters = Query.of(expression).selectors().stream()
                .map(Query.Selector::name)
                .filter(PrometheusTest::isCounter);

        assertThat(rated).containsExactlyElementsOf(counters.toList());
    }

    static Stream<String> expressions() throws IOException {
        return Stream.concat(
                AlertsTest.alerts().map(it -> it.text("/expr")),
                DashboardTest.shown().map(DashboardTest.Shown::expression));
    }

    private static boolean isCounter(String series) {
        return series.matches(".*_(total|bucket|sum|count)");
    }

    private static JsonNode alerts(String group) throws IOException {
        return tree(Files.readString(ALERTS)).at("/" + group);
    }

    private static JsonNode tree(Object yaml) {
        return Serialization.unmarshal(yaml.toString(), JsonNode.class);
    }

    private void assertPassed(JsonNode rules, String test) throws IOException {
        var answer = test(rules, test);

        assertThat(answer.exit()).as(answer.text()).isZero();
        assertThat(answer.text()).contains("SUCCESS");
    }

    private Promtool.Answer test(JsonNode rules, String test) throws IOException {
        var groups = List.of(Map.of("name", "lockstep", "rules", rules));
        Files.writeString(folder.resolve("rules.yaml"), Serialization.asJson(Map.of("groups", groups)));
        Files.writeString(folder.resolve("test.yaml"), test);
        return promtool.ask(folder, "", "test", "rules", "test.yaml");
    }

    /// An alert for each expression, which calls where it has no answer, or one that is no number.
    private static JsonNode unanswered(Stream<String> expressions) {
        var rules = expressions
                .map(it -> it.replace("$namespace", "shop").replace("$__rate_interval", "5m"))
                .map(it ->
                        Map.of("alert", "Unanswered", "expr", "absent((" + it + ") >= 0)", "labels", Map.of("by", it)));
        return tree(Serialization.asJson(rules.toList()));
    }

    /// Of two that say the same, so that an expression is refused which takes one of two for all there is. For half an
    /// hour nothing has happened: runs are rare.
    private static String twoPods() {
        var said = Scraped.full().series();
        var series = Stream.of("a", "b").flatMap(pod -> said.stream().map(it -> series(it, pod)));
        var asked = Map.of("expr", "ALERTS", "eval_time", "2h", "exp_samples", List.of());
        var test = Map.of("interval", "1m", "input_series", series.toList(), "promql_expr_test", List.of(asked));
        return Serialization.asJson(Map.of("rule_files", List.of("rules.yaml"), "tests", List.of(test)));
    }

    private static Map<String, String> series(Exposition.Series it, String pod) {
        var labels = Stream.concat(
                        it.labels().entrySet().stream(), Map.of("pod", pod, "instance", pod).entrySet().stream())
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"");
        return Map.of(
                "series",
                it.name() + labels.collect(Collectors.joining(",", "{", "}")),
                "values",
                isCounter(it.name()) ? "0+1x90 90x30" : it.value() + "x120");
    }
}
