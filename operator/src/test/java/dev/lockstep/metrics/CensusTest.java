package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.SchemaMigration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is said of the resources that are there.
class CensusTest {
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    private static Exposition of(boolean perResource, BooleanSupplier leads, Stream<SchemaMigration> resources) {
        var metrics = new Metrics("1.2.3", perResource, leads, () -> NOW);
        var there = resources.toList();
        metrics.watch(there::stream);
        return Exposition.of(metrics.scrape());
    }

    private static Exposition all() {
        return of(true, () -> true, Resources.all());
    }

    @Test
    void resources_are_counted_by_stage_condition_and_reason() {
        var scraped = all();

        assertThat(scraped.value("lockstep_resources", "stage", "New")).isEqualTo(1);
        assertThat(scraped.value("lockstep_resources", "stage", "Settled")).isEqualTo(2);
        assertThat(scraped.value("lockstep_resources", "stage", "Downgrading")).isZero();
        assertThat(scraped.value("lockstep_resources_by_condition", "condition", "Ready", "status", "True"))
                .isEqualTo(3);
        assertThat(scraped.value("lockstep_resources_by_condition", "condition", "Ready", "status", "Unknown"))
                .isEqualTo(1);
        assertThat(scraped.value("lockstep_resources_by_condition", "condition", "Drifted", "status", "True"))
                .isEqualTo(1);
        assertThat(scraped.value("lockstep_resources_by_reason", "reason", "StatementFailed"))
                .isEqualTo(1);
        assertThat(scraped.value("lockstep_resources_by_reason", "reason", "New"))
                .isEqualTo(1);
    }

    @Test
    void a_word_that_only_the_kubelet_knows_makes_no_series_of_its_own() {
        assertThat(all().value("lockstep_resources_by_reason", "reason", "PodNotStarting"))
                .isEqualTo(1);
        assertThat(all().series()).noneMatch(it -> it.labels().containsValue("CrashLoopBackOff"));
    }

    @Test
    void who_has_waited_longest_is_told_by_what_for() {
        var scraped = all();

        assertThat(scraped.value("lockstep_longest_wait_seconds", "waits_for", "Pods"))
                .isEqualTo(50 * 60);
        assertThat(scraped.value("lockstep_longest_wait_seconds", "waits_for", "Approval"))
                .isEqualTo(40 * 60);
        assertThat(scraped.value("lockstep_longest_wait_seconds", "waits_for", "Backup"))
                .isEqualTo(30 * 60);
        assertThat(scraped.value("lockstep_longest_wait_seconds", "waits_for", "Ready"))
                .isEqualTo(60 * 60);
        assertThat(scraped.value("lockstep_resources_waiting", "waits_for", "Ready"))
                .isEqualTo(4);
    }

    @Test
    void a_batch_at_work_tells_its_speed_and_its_end() {
        var scraped = all();

        assertThat(scraped.value("lockstep_batches")).isEqualTo(1);
        assertThat(scraped.value("lockstep_batch_rows_per_second")).isEqualTo(50);
        assertThat(scraped.value("lockstep_longest_batch_eta_seconds")).isEqualTo(90_000);
        assertThat(scraped.value("lockstep_resource_batch_eta_seconds", "name", "walking"))
                .isEqualTo(90_000);
    }

    @Test
    void a_single_resource_tells_what_it_has_to_tell_and_no_more() {
        var scraped = all();

        assertThat(scraped.count("lockstep_resource_ready"))
                .isEqualTo(Resources.all().count());
        assertThat(scraped.value("lockstep_resource_ready", "namespace", "shop", "name", "orders"))
                .isEqualTo(1);
        assertThat(scraped.value("lockstep_resource_stalled", "name", "broken", "reason", "StatementFailed"))
                .isEqualTo(1);
        assertThat(scraped.value("lockstep_resource_drifted", "name", "drifted"))
                .isEqualTo(1);
        assertThat(scraped.value("lockstep_resource_pending_steps", "name", "broken"))
                .isEqualTo(2);
        assertThat(scraped.value(
                        "lockstep_resource_waiting_seconds",
                        "name",
                        "held",
                        "waits_for",
                        "Pods",
                        "reason",
                        "WaitingForPods"))
                .isEqualTo(50 * 60);
        assertThat(scraped.value("lockstep_resource_backup_age_seconds", "name", "orders"))
                .isEqualTo(60 * 60);
        assertThat(scraped.series().stream()
                        .filter(it -> "orders".equals(it.labels().get("name"))))
                .hasSize(2);
    }

    /// The figure of docs/reference/metrics.md.
    @Test
    void a_thousand_resources_that_are_settled_make_two_series_each() {
        var none = of(true, () -> true, Stream.empty()).series().size();
        var thousand = of(true, () -> true, IntStream.range(0, 1000).mapToObj(it -> Resources.settled("r" + it)));
        var without = of(false, () -> true, IntStream.range(0, 1000).mapToObj(it -> Resources.settled("r" + it)));

        assertThat(thousand.series()).hasSize(none + 2000);
        assertThat(without.series()).hasSize(none);
        assertThat(none).isLessThan(500);
    }

    @Test
    void one_that_stands_by_says_nothing_of_resources() {
        var scraped = of(true, () -> false, Resources.all());

        assertThat(scraped.value("lockstep_leader")).isZero();
        assertThat(scraped.series()).noneMatch(it -> it.name().startsWith("lockstep_resource"));
        assertThat(all().value("lockstep_leader")).isEqualTo(1);
    }

    @Test
    void the_build_is_told() {
        assertThat(all().value("lockstep_build_info", "version", "1.2.3")).isEqualTo(1);
    }

    @Test
    void only_series_of_single_resources_name_resources() {
        assertThat(all().series().stream().filter(it -> it.labels().containsKey("name")))
                .isNotEmpty()
                .allMatch(it -> it.name().startsWith("lockstep_resource_"));
    }
}
