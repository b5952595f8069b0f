package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page of the metrics is what the operator says. With `-Dlockstep.golden=write` its tables are rewritten instead.
class MetricsPageTest {
    private static final Path PAGE = Path.of("../docs/reference/metrics.md");
    private static final String SINGLE = "lockstep_resource_";
    private static final Exposition FULL = Scraped.full();
    private static final Exposition FRESH = Scraped.fresh();

    @Test
    void the_page_of_the_metrics_is_what_the_operator_says() throws IOException {
        var page = Files.readString(PAGE);
        var whole = page.replaceAll("(?s)<!-- process -->.*<!-- end -->", table("process", it -> !isSingle(it)))
                .replaceAll("(?s)<!-- resource -->.*<!-- done -->", single());
        if ("write".equals(System.getProperty("lockstep.golden"))) Files.writeString(PAGE, whole);

        assertThat(PAGE).hasContent(whole);
        assertThat(whole).contains("| `lockstep_runs_ended_total` |", "| `lockstep_resource_ready` |");
    }

    @Test
    void every_family_says_what_it_is() {
        assertThat(FULL.families().values())
                .filteredOn(it -> it.name().startsWith("lockstep_"))
                .hasSizeGreaterThan(30)
                .allMatch(it -> it.what().endsWith("."));
    }

    /// Prometheus' own rules for names.
    @Test
    void names_tell_counters_and_units() {
        assertThat(FULL.families().values())
                .filteredOn(it -> it.name().startsWith("lockstep_"))
                .allSatisfy(it -> {
                    assertThat(it.name().endsWith("_total")).isEqualTo(it.type().equals("counter"));
                    assertThat(it.name()).doesNotContain("millis", "_ms", "minutes", "hours");
                });
    }

    private static boolean isSingle(Exposition.Family family) {
        return family.name().startsWith(SINGLE);
    }

    private static String single() {
        return table("resource", MetricsPageTest::isSingle).replace("<!-- end -->", "<!-- done -->");
    }

    private static String table(String mark, Predicate<Exposition.Family> shown) {
        var rows = FULL.families().values().stream()
                .filter(it -> it.name().startsWith("lockstep_"))
                .filter(shown)
                .map(MetricsPageTest::row);
        return "<!-- " + mark + " -->\n| name | type | unit | labels | series | what |\n|---|---|---|---|---|---|\n"
                + rows.collect(Collectors.joining()) + "<!-- end -->";
    }

    private static String row(Exposition.Family it) {
        var labels = it.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s | %s | %s |\n"
                .formatted(it.name(), it.type(), unit(it.name()), labels, series(it), it.what());
    }

    private static String unit(String name) {
        if (name.contains("_rows_per_second")) return "rows/s";
        if (name.matches(".*_seconds(_max)?")) return "seconds";
        if (name.contains("_bytes")) return "bytes";
        return name.contains("_rows") ? "rows" : "1";
    }

    /// How many there are before anything has happened, which is all that there will ever be.
    private static String series(Exposition.Family it) {
        var named = FRESH.series().stream()
                .filter(one ->
                        one.name().replaceFirst("_(bucket|count|sum)$", "").equals(it.name()));
        return isSingle(it) ? "" : Long.toString(named.count());
    }
}
