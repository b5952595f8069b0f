package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Scripts that the operator has not seen.
final class OrderFilesTest extends Jobsite {
    @Test
    void whatever_is_there_is_run_with_the_folder_of_this_database() throws IOException, Refusal {
        write(Places.MIGRATIONS + "/db/V1__init.sql", Workplace.INIT);
        write(Places.MIGRATIONS + "/db/postgresql/V2__here.sql", "select 1;");
        write(Places.MIGRATIONS + "/db/sqlite/V3__elsewhere.sql", "select 1;");

        assertThat(carryOut(unseen("db"))).isZero();

        assertThat(report().get("revision").asText()).isEqualTo("2");
    }

    @Test
    void a_folder_that_is_not_there_or_lies_outside_is_told_by_its_source() throws IOException, Refusal {
        for (var path : new String[] {"none", "../credentials"}) {
            assertThat(carryOut(unseen(path))).isEqualTo(1);

            assertThat(report().at("/failure/code").asText()).isEqualTo("FilesMissing");
            assertThat(report().at("/failure/place").asText()).isEqualTo("claim files");
        }
    }

    @Test
    void a_later_leg_runs_the_scripts_of_the_one_before_or_none() throws IOException, Refusal {
        write(Places.MIGRATIONS + "/db/V1__init.sql", Workplace.INIT);
        write(Places.MIGRATIONS + "/db/V2__less.sql", "-- Phase: contract\nalter table orders drop column total;");
        var leg = Map.<String, Object>of("contract", Order.Contract.Hold, "approval", Order.Approval.Never);
        assertThat(carryOut(with(unseen("db"), leg))).isZero();
        var read = report().get("scripts").asText();
        var next = with(
                unseen("db").on("two", Order.Contract.Go, Optional.empty(), Optional.of(read), false, Optional.empty()),
                Map.of());

        write(Places.MIGRATIONS + "/db/V3__late.sql", "select 1;");
        assertThat(carryOut(next)).isEqualTo(4);
        assertThat(report().at("/failure/code").asText()).isEqualTo("PlanChanged");

        delete(Places.MIGRATIONS + "/db/V3__late.sql");
        assertThat(carryOut(with(next, Map.of("approval", Order.Approval.Never))))
                .isZero();
        assertThat(report().get("revision").asText()).isEqualTo("2");
    }

    private void delete(String place) throws IOException {
        Files.delete(at(place));
    }

    private Order unseen(String path) throws Refusal {
        var files =
                new Order.Files("claim files", Optional.empty(), Optional.empty(), Optional.of(path), Optional.empty());
        return with(order(), Map.of("files", files));
    }
}
