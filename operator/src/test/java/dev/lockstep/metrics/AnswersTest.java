package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
    @ParameterizedTest
    @CsvSource({
        "101, good",
        "200, good",
        "404, good",
        "409, good",
        "410, good",
        "401, refused",
        "403, refused",
        "422, refused",
        "429, throttled",
        "400, failed",
        "500, failed",
        "503, failed"
    })
    void an_answer_of_the_api_server_is_one_of_a_few(int status, Answers.Answer answer) {
        assertThat(Answers.of(status)).isEqualTo(answer);
    }

    @Test
    void each_happening_counts_in_its_own_series() {
        var metrics = new Metrics("1", false, () -> true, () -> Instant.EPOCH);
        metrics.answered(429);
        metrics.unanswered();
        metrics.unanswered();
        metrics.refused();
        metrics.told();
        metrics.failed();

        var scraped = Exposition.of(metrics.scrape());
        assertThat(scraped.value("lockstep_api_requests_total", "answer", "throttled"))
                .isEqualTo(1);
        assertThat(scraped.value("lockstep_api_requests_total", "answer", "none"))
                .isEqualTo(2);
        assertThat(scraped.value("lockstep_api_requests_total", "answer", "good"))
                .isZero();
        assertThat(scraped.value("lockstep_jobs_refused_total")).isEqualTo(1);
        assertThat(scraped.value("lockstep_status_writes_total")).isEqualTo(1);
        assertThat(scraped.value("lockstep_looks_failed_total")).isEqualTo(1);
    }
}
