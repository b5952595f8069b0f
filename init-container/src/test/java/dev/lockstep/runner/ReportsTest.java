package dev.lockstep.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Report;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A Report always fits, whatever it has to say.
@Timeout(10)
final class ReportsTest {
    private static final String LONG = "\u00e4\u0001".repeat(20_000);

    private static Report report(Failure failure, int rows) {
        var held = new Report.Held("20240101", "drop \"it\"", "contract", "up", true, Optional.empty(), "approval");
        var applied = new Report.Applied("1", "init", "expand", "up", 1, 1, Optional.empty(), "2026-01-01T00:00:00Z");
        return new Report(
                1,
                Report.Outcome.Failed,
                Optional.of(failure),
                Optional.of("1"),
                Optional.empty(),
                Optional.of("2"),
                Optional.empty(),
                Optional.of("ab"),
                Optional.empty(),
                Collections.nCopies(rows, held),
                new Report.Counts(rows, rows, rows),
                Collections.nCopies(rows, applied),
                List.of(LONG, LONG));
    }

    @Test
    void each_part_of_a_failure_may_be_too_long() {
        for (var failure : List.of(
                new Failure(Code.Defect, LONG, "m", "r"),
                new Failure(Code.Defect, "p", LONG, "r"),
                new Failure(Code.Defect, "p", "m", LONG),
                new Failure(Code.Defect, LONG, LONG, LONG))) {
            var json = Reports.fitting(report(failure, 500));

            assertThat(json.getBytes(UTF_8).length).isLessThanOrEqualTo(Report.BYTES_MAX);
            assertThat(json).startsWith("{\"v\":1,\"outcome\":\"Failed\"").endsWith("}");
        }
    }

    @Test
    void the_counts_survive_the_cut() {
        var json = Reports.fitting(report(new Failure(Code.Defect, "p", "m", "r"), 500));

        assertThat(json).contains("\"pending\":500").contains("\"code\":\"Defect\"");
    }
}
