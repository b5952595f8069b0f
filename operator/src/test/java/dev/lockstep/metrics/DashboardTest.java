package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The chart's dashboard asks for nothing that the operator does not say, and shows all that it says.
class DashboardTest {
    private static final Path DASHBOARD = Path.of("../charts/lockstep/files/dashboard.json");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Exposition SCRAPED = Scraped.full();

    /// @param legend with the labels whose values it shows
    record Shown(String panel, String expression, String legend) {}

    private static JsonNode dashboard() throws IOException {
        return Serialization.unmarshal(Files.readString(DASHBOARD), JsonNode.class);
    }

    static Stream<Shown> shown() throws IOException {
        return panels().flatMap(panel -> each(panel.at("/targets"))
                .map(it -> new Shown(
                        panel.at("/title").asText(),
                        it.at("/expr").asText(),
                        it.at("/legendFormat").asText())));
    }

    private static Stream<JsonNode> panels() throws IOException {
        return each(dashboard().at("/panels"));
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("shown")
    void a_panel_asks_for_what_the_operator_says(Shown shown) {
        var query = Query.of(shown.expression());
        var labels = LEGEND.matcher(shown.legend()).results().map(it -> it.group(1));

        assertThat(Asked.missing(shown.expression(), SCRAPED)).isEmpty();
        assertThat(query.grouping()).containsAll(labels.toList());
    }

    @Test
    void a_choice_is_of_what_the_operator_says() throws IOException {
        var asked = each(dashboard().at("/templating/list"))
                .filter(it -> it.at("/type").asText().equals("query"))
                .map(it -> it.at("/query").asText());

        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(Asked.missing(it, SCRAPED)).isEmpty());
    }

    @Test
    void every_family_of_ours_is_shown() throws IOException {
        var asked = shown().flatMap(it -> Query.of(it.expression()).selectors().stream())
                .map(it -> it.name().replaceFirst("_bucket$", ""))
                .collect(Collectors.toSet());
        var said = SCRAPED.families().keySet().stream()
                .filter(it -> it.startsWith("lockstep_"))
                .filter(it -> !TOLD_OTHERWISE.contains(it));

        assertThat(said).isNotEmpty().allSatisfy(it -> assertThat(asked).contains(it));
    }

    /// One number of what a table of the same dashboard has for each resource.
    private static final Set<String> TOLD_OTHERWISE = Set.of(
            "lockstep_oldest_backup_age_seconds", "lockstep_longest_batch_eta_seconds", "lockstep_resource_ready");

    @Test
    void panels_do_not_lie_on_each_other() throws IOException {
        var taken = new HashSet<String>();

        panels().map(it -> it.at("/gridPos")).forEach(at -> {
            for (int x = at.at("/x").asInt();
                    x < at.at("/x").asInt() + at.at("/w").asInt();
                    x++) {
                for (int y = at.at("/y").asInt();
                        y < at.at("/y").asInt() + at.at("/h").asInt();
                        y++) {
                    assertThat(taken.add(x + "," + y))
                            .as("twice at %s,%s", x, y)
                            .isTrue();
                    assertThat(x).isLessThan(24);
                }
            }
        });
    }
}
