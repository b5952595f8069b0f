package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Order;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What a happening counts.
class RunsTest {
    private static final String ENDED = "lockstep_runs_ended_total";

    private final Shop shop = new Shop("orders", "");

    @Test
    void every_result_that_a_run_can_have_is_there_before_the_first_run() {
        var results = shop.scrape().named(ENDED).map(it -> it.labels().get("result"));

        assertThat(results).contains("Done", "Ahead", "NoReport", "StatementFailed", "LockBudgetExceeded");
        assertThat(shop.scrape().named(ENDED)).allMatch(it -> it.value() == 0);
    }

    @Test
    void a_run_is_counted_once_however_often_its_end_is_seen() {
        shop.look().later(42).ends(Shop.DONE).look().look();

        var scraped = shop.scrape();
        assertThat(scraped.value("lockstep_runs_started_total", "verb", "run")).isEqualTo(1);
        assertThat(scraped.value(ENDED, "verb", "run", "result", "Done")).isEqualTo(1);
        assertThat(scraped.value("lockstep_run_duration_seconds_sum", "verb", "run"))
                .isEqualTo(42);
        assertThat(scraped.value("lockstep_run_duration_seconds_bucket", "verb", "run", "le", "20.0"))
                .isZero();
        assertThat(scraped.value("lockstep_run_duration_seconds_bucket", "verb", "run", "le", "60.0"))
                .isEqualTo(1);
    }

    @Test
    void a_status_that_could_not_be_written_makes_no_second_run() {
        shop.look().ends(Shop.DONE).glances().glances();

        assertThat(shop.scrape().value(ENDED, "verb", "run", "result", "Done")).isEqualTo(1);
    }

    @Test
    void after_a_restart_a_run_that_was_told_of_is_not_counted_again_and_one_that_ended_meanwhile_is() {
        shop.look().ends(Shop.BUSY).look();

        shop.restarts().look();
        assertThat(shop.scrape().named(ENDED)).allMatch(it -> it.value() == 0);

        shop.later(60).look().restarts().ends(Shop.DONE).look();
        assertThat(shop.scrape().value(ENDED, "verb", "run", "result", "Done")).isEqualTo(1);
        assertThat(shop.scrape().value(ENDED, "verb", "run", "result", "LockBusy"))
                .isZero();
    }

    @Test
    void what_reports_tell_of_steps_locks_rows_and_backups_is_added_up() {
        shop.look().ends(Shop.DONE).look();

        var scraped = shop.scrape();
        assertThat(scraped.value("lockstep_steps_applied_total")).isEqualTo(2);
        assertThat(scraped.value("lockstep_lock_attempts_total")).isEqualTo(5);
        assertThat(scraped.value("lockstep_lock_waits_total")).isEqualTo(3);
        assertThat(scraped.value("lockstep_lock_blockers_total")).isEqualTo(2);
        assertThat(scraped.value("lockstep_batch_rows_total")).isEqualTo(500);
        assertThat(scraped.value("lockstep_backups_total", "taken_by", "lockstep"))
                .isEqualTo(1);
        assertThat(scraped.value("lockstep_backup_bytes_total")).isEqualTo(4096);
    }

    @Test
    void legs_that_follow_at_once_are_counted_each_and_the_backup_that_both_name_once() {
        var way = new Shop("orders", ", contract: {podSelector: {matchLabels: {app: shop}}}, approval: Never");

        way.look().ends(Shop.HELD).look().ends(Shop.HELD).look().ends(Shop.DONE).look();

        assertThat(way.scrape().value("lockstep_runs_started_total", "verb", "run"))
                .isEqualTo(3);
        assertThat(way.scrape().value(ENDED, "verb", "run", "result", "Done")).isEqualTo(3);
        assertThat(way.scrape().value("lockstep_backups_total", "taken_by", "lockstep"))
                .isEqualTo(1);
    }

    @Test
    void what_somebody_else_has_saved_is_a_backup_without_bytes() {
        shop.look()
                .ends(Shop.DONE.replace("\"sha256\":\"ab\"", "\"sha256\":\"\""))
                .look();

        assertThat(shop.scrape().value("lockstep_backups_total", "taken_by", "others"))
                .isEqualTo(1);
        assertThat(shop.scrape().value("lockstep_backup_bytes_total")).isZero();
    }

    @Test
    void a_run_without_a_report_has_no_duration_and_neither_has_one_whose_job_is_gone() {
        shop.look().ends("").look().later(60).look().look().forgets().look();

        assertThat(shop.scrape().value(ENDED, "verb", "run", "result", "NoReport"))
                .isEqualTo(2);
        assertThat(shop.scrape().value("lockstep_run_duration_seconds_count", "verb", "run"))
                .isZero();
    }

    @Test
    void a_check_of_the_schema_is_no_run() {
        var checked = new Shop("orders", ", driftCheck: {interval: 1h}");

        checked.look()
                .ends(Shop.DONE)
                .look()
                .later(4000)
                .look()
                .ends(Shop.DRIFTED)
                .look()
                .look();

        assertThat(checked.scrape().value(ENDED, "verb", "drift", "result", "Drifted"))
                .isEqualTo(1);
        assertThat(checked.scrape().value("lockstep_runs_started_total", "verb", "drift"))
                .isEqualTo(1);
        assertThat(checked.scrape().value(ENDED, "verb", "run", "result", "Done"))
                .isEqualTo(1);
    }

    @Test
    void an_amendment_is_no_run_either() {
        var metrics = new Metrics("1", false, () -> true, () -> Instant.EPOCH);

        metrics.started(Order.AMEND);
        metrics.started("853976d0de4c9725");

        var scraped = Exposition.of(metrics.scrape());
        assertThat(scraped.value("lockstep_runs_started_total", "verb", "amend"))
                .isEqualTo(1);
        assertThat(scraped.value("lockstep_runs_started_total", "verb", "run")).isEqualTo(1);
    }
}
