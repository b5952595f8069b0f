package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Orders of which somebody else takes the backups.
final class OrderExternalTest extends Jobsite {
    @BeforeEach
    void settle() throws IOException, Refusal {
        Files.createDirectories(at(Places.BACKUPS));
        assertThat(carryOut(order())).isZero();
    }

    private int saving(Order.Backup backup) throws Refusal {
        return carryOut(with(order(), Map.of("backup", backup)));
    }

    private static Order.Backup external(Order.Backup.When when, Optional<String> name) {
        return new Order.Backup(
                when,
                5,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Order.Backup.External(name)));
    }

    @Test
    void where_somebody_else_saves_nothing_is_run_before_a_backup_is_named() throws IOException, Refusal {
        write(Places.MIGRATIONS + "/V2__more.sql", "update orders set total = 0;");

        assertThat(saving(external(Order.Backup.When.Always, Optional.empty()))).isEqualTo(8);
        assertThat(report().at("/failure/code").asText()).isEqualTo("BackupNeeded");
        assertThat(report().at("/failure/remedy").asText()).contains("lockstep.dev/external-backup");
        assertThat(report().at("/revision").asText()).isEqualTo("1");

        assertThat(saving(external(Order.Backup.When.Always, Optional.of("snap-7"))))
                .isZero();
        assertThat(report().at("/backup/name").asText()).isEqualTo("snap-7");
        assertThat(report().at("/backup/revision").asText()).isEqualTo("1");
        assertThat(report().at("/revision").asText()).isEqualTo("2");
        assertThat(at(Places.BACKUPS)).isEmptyDirectory();
    }

    @Test
    void nobody_is_asked_for_a_backup_of_what_is_not_at_stake() throws IOException, Refusal {
        write(Places.MIGRATIONS + "/V2__more.sql", "alter table orders add column amount integer;");

        assertThat(saving(external(Order.Backup.When.Destructive, Optional.empty())))
                .isZero();
    }
}
