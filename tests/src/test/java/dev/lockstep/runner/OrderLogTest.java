package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Progress;
import dev.lockstep.handover.Progress.Work;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the log of an Order tells the operator while it is carried out.
final class OrderLogTest extends Jobsite {
    private List<Progress> said() {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .flatMap(line -> Progress.read(line).stream())
                .toList();
    }

    @Test
    void the_log_says_what_is_done() throws IOException, Refusal {
        assertThat(carryOut(order())).isZero();
        Files.createDirectories(at(Places.BACKUPS));
        write(Places.MIGRATIONS + "/V2__more.sql", "alter table orders add column amount integer;");
        write(
                Places.MIGRATIONS + "/V3__fill.sql",
                "-- Batch: table=orders\nupdate orders set amount = 1 where ${batch};");
        write(Places.MIGRATIONS + "/V4__less.sql", "alter table orders drop column total;");
        write(Places.MIGRATIONS + "/U4__less.sql", "alter table orders add column total integer;");
        log.reset();
        var saved = new Order.Backup(
                Order.Backup.When.Always, 5, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var free = Map.of("contract", Order.Contract.Go, "approval", Order.Approval.Never);

        assertThat(carryOut(with(with(order(), free), Map.of("backup", saved)))).isZero();

        assertThat(said().stream().flatMap(it -> it.work().stream()).distinct())
                .containsExactly(Work.Saving, Work.Expanding, Work.Migrating, Work.Contracting);
        log.reset();
        var down = Map.of("contract", Order.Contract.Go, "target", "3", "mayDowngrade", true);
        assertThat(carryOut(with(with(order(), down), Map.of("approval", Order.Approval.Never))))
                .isZero();
        assertThat(said().getFirst()).isEqualTo(Progress.at(Work.TakingBack, 1, 1));
    }

    @Test
    void the_log_says_how_far_the_run_is() throws IOException, Refusal, SQLException {
        assertThat(carryOut(order())).isZero();
        fill();
        write(
                Places.MIGRATIONS + "/V2__more.sql",
                "-- Batch: table=orders rows=40 pause=300ms\nupdate orders set total = 2 where ${batch};");
        write(Places.MIGRATIONS + "/V3__last.sql", "select 1;");
        log.reset();

        assertThat(carryOut(order())).isZero();

        var said = said();
        assertThat(said.getFirst()).isEqualTo(Progress.at(Progress.Work.Migrating, 1, 2));
        assertThat(said.getLast().work()).contains(Progress.Work.Expanding);
        assertThat(said.get(1).rows()).isBetween(40L, 460L);
        assertThat(said.get(1).rowsTotal()).hasValue(500);
        assertThat(said.get(1).rowsPerSecond().orElseThrow()).isPositive();
        assertThat(said.get(1).etaSeconds()).isPresent();
        assertThat(said.size()).isBetween(5, 7);
        assertThat(said.subList(said.size() - 3, said.size()))
                .extracting(Progress::step, Progress::rows)
                .containsExactly(tuple(1, 500L), tuple(2, 0L), tuple(2, 0L));
        assertThat(report().at("/applied/1/rows").asLong()).isEqualTo(500);
        assertThat(report().at("/applied/0/rows").isNull()).isTrue();
    }

    private void fill() throws SQLException {
        try (var connection = database.asOwner();
                var statement = connection.createStatement()) {
            statement.execute("insert into orders select i, 1 from generate_series(2, 500) i");
            statement.execute("analyze orders");
        }
    }
}
