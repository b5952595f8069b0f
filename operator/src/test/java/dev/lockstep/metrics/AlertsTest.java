package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The chart's alerts ask for nothing that the operator does not say, and lead to what is to be done.
class AlertsTest {
    private static final Path ALERTS = Path.of("../charts/lockstep/files/alerts.yaml");
    private static final Path GUIDE = Path.of("../docs/guides/on-call.md");
    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");
    private static final Exposition SCRAPED = Scraped.full();

    /// @param group `always`, `resources` or `totals`
    record Alert(String group, JsonNode rule) {
        String text(String pointer) {
            return rule.at(pointer).asText("");
        }

        @Override
        public String toString() {
            return group + ": " + text("/alert");
        }
    }

    static Stream<Alert> alerts() throws IOException {
        var file = Serialization.unmarshal(Files.readString(ALERTS), JsonNode.class);
        var all = new ArrayList<Alert>();
        file.properties().forEach(group -> group.getValue().forEach(it -> all.add(new Alert(group.getKey(), it))));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_asks_for_what_the_operator_says(Alert alert) {
        assertThat(Asked.missing(alert.text("/expr"), SCRAPED)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_says_how_bad_it_is_what_is_wrong_and_whose(Alert alert) {
        var said = alert.text("/annotations/summary") + alert.text("/annotations/description");
        var asked = LABEL.matcher(said).results().map(it -> it.group(1)).collect(Collectors.toSet());

        assertThat(alert.text("/labels/severity")).isIn("critical", "warning", "info");
        assertThat(alert.text("/annotations/summary")).isNotBlank();
        assertThat(alert.text("/annotations/description")).isNotBlank();
        assertThat(Query.of(alert.text("/expr")).grouping()).containsAll(asked);
        if (alert.group().equals("resources")) assertThat(asked).contains("namespace", "name");
    }

    /// There may be no page to lead to: whoever is called has this text.
    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_says_what_to_do_first(Alert alert) {
        assertThat(alert.text("/annotations/description")).containsPattern("\\. First (see|read|look|take)\\b");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_leads_to_the_section_about_it(Alert alert) throws IOException {
        var sections = Files.readString(GUIDE)
                .lines()
                .filter(it -> it.startsWith("#"))
                .map(it -> it.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'));

        assertThat(sections).contains(alert.text("/annotations/runbook"));
        assertThat(alert.text("/annotations/runbook")).isEqualToIgnoringCase(alert.text("/alert"));
    }

    @Test
    void with_and_without_series_of_single_resources_there_are_the_same_alerts() throws IOException {
        assertThat(names("resources")).isEqualTo(names("totals")).doesNotContainAnyElementsOf(names("always"));
    }

    private static Set<String> names(String group) throws IOException {
        return alerts().filter(it -> it.group().equals(group))
                .map(it -> it.text("/alert"))
                .collect(Collectors.toSet());
    }

    @Test
    void alerts_about_totals_need_no_series_of_single_resources() throws IOException {
        var asked = alerts().filter(it -> !it.group().equals("resources"))
                .flatMap(it -> Query.of(it.text("/expr")).selectors().stream())
                .map(Query.Selector::name);

        assertThat(asked).noneMatch(it -> it.startsWith("lockstep_resource_"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            sum(lockstep_reader) > 0 => series lockstep_reader
            rate(lockstep_runs_ended[5m]) => series lockstep_runs_ended
            lockstep_runs_ended_total{verb="ran"} => lockstep_runs_ended_total with verb=ran
            lockstep_runs_ended_total{result!~"Done|Ahed"} => lockstep_runs_ended_total with result=Ahed
            lockstep_runs_ended_total{results="Done"} => lockstep_runs_ended_total with a label results
            sum by (resalt) (increase(lockstep_runs_ended_total[1h])) => label resalt
            sum(lockstep_leader) and on (pot) lockstep_build_info => label pot
            lockstep_resource_waiting_seconds{waits_for="Pods",reason="Running"} => one series for all of
            histogram_quantile(0.5, rate(lockstep_run_duration_bucket[5m])) => series lockstep_run_duration_bucket
            1 > 0 => any series
            """)
    void a_slip_of_the_pen_is_seen(String expression, String missing) {
        assertThat(String.join("; ", Asked.missing(expression, SCRAPED))).contains(missing);
    }

    @Test
    void an_expression_is_read_as_prometheus_reads_it() {
        var query = Query.of(
                "sum by (a, b) (rate(x_total{l=\"}\",m!~\"u|v\"}[5m])) / on (c) group_left (d) y offset 1h > 0.5e3");

        assertThat(query.selectors())
                .isEqualTo(List.of(
                        new Query.Selector(
                                "x_total",
                                List.of(new Query.Matcher("l", "=", "}"), new Query.Matcher("m", "!~", "u|v"))),
                        new Query.Selector("y", List.of())));
        assertThat(query.grouping()).containsExactly("a", "b", "c", "d");
    }
}
