package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.Pause;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// A process that is killed with SIGKILL while the server builds an index for it, which is sure because the build waits
/// for a transaction that somebody has left open.
final class KilledBuildTest extends Workplace {
    private static final String INVALID = "select count(*) from pg_index where not indisvalid";
    private static final String WAITING = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and query ilike '%index concurrently%' and wait_event_type = 'Lock'";
    private static final String SESSIONS = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and application_name like 'lockstep/%'";

    @Override
    Bed bed() {
        return Bed.postgresql(18);
    }

    private void until(String question, String answer) throws SQLException {
        for (int i = 0; i < 600 && !database().ask(question).equals(answer); i++) {
            Pause.briefly();
        }
        assertThat(database().ask(question)).as(question).isEqualTo(answer);
    }

    @Test
    void an_index_whose_build_was_killed_is_cleared_and_built_by_the_next_run() throws Exception {
        atRevisionOne();
        terminal.script("V2__index.sql", "create unique index concurrently if not exists by_total on orders (total);")
                .script("V3__last.sql", "alter table orders add column note text;");
        try (var other = database().connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update orders set total = total");
            var process = process("upgrade", "--backup=never");
            until(WAITING, "1");

            process.destroyForcibly().waitFor();

            until(SESSIONS, "0"); // the server ends what nobody waits for any more
            other.rollback();
        }
        assertThat(database().ask(INVALID)).isEqualTo("1");
        assertThat(terminal.show("current").out()).isEqualTo("1\n2 (unfinished)\n");

        succeeds(terminal.upgrade("--backup=never"));

        assertThat(database().ask(INVALID)).isEqualTo("0");
        assertThat(database().column("select indexname from pg_indexes where tablename = 'orders' order by 1"))
                .containsExactly("by_total", "orders_pkey");
        assertThat(terminal.show("current").out()).isEqualTo("3 (head)\n");
    }
}
