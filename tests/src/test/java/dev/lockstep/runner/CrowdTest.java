package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Processes that are started at once on one database, as by a Deployment whose pods all migrate: each ends with 0, and
/// one executes (I1, I3).
final class CrowdTest extends Workplace {
    @Override
    Bed bed() {
        return Bed.postgresql(18);
    }

    @Test
    void three_processes_at_once_all_succeed_and_one_executes() throws Exception {
        allSucceedAndOneExecutes(3);
    }

    @Tag("nightly")
    @Test
    void eight_processes_at_once_all_succeed_and_one_executes() throws Exception {
        allSucceedAndOneExecutes(8);
    }

    private void allSucceedAndOneExecutes(int processes) throws Exception {
        terminal.script("V1__init.sql", "create table effects (what text primary key, times integer);")
                .script("V2__slow.sql", Corpus.effect("2") + "select pg_sleep(3);")
                .script("V3__index.sql", "create index concurrently by_times on effects (times);")
                .script("V4__alone.sql", "-- Transaction: none\n" + Corpus.effect("4"));

        var said = said(processes);

        assertThat(said).allSatisfy((log, text) -> assertThat(text).endsWith("exit 0"));
        assertThat(said.values().stream().filter(text -> text.contains("V2__slow.sql")))
                .hasSize(1);
        assertThat(said.values().stream().filter(text -> text.contains("another migration")))
                .as("they met")
                .isNotEmpty();
        assertThat(database().column("select what || ' ' || times from effects order by 1"))
                .containsExactly("2 1", "4 1");
        assertThat(database().ask("select count(*) from flyway_schema_history")).isEqualTo("4");
        assertThat(database().ask("select count(*) from pg_index where not indisvalid"))
                .isEqualTo("0");
    }

    /// All that each has said, with its end.
    private Map<Path, String> said(int processes) throws IOException, InterruptedException {
        var running = new TreeMap<Path, Process>();
        for (int i = 0; i < processes; i++) {
            var log = folder.resolve("process" + i + ".log");
            running.put(log, terminal.start(log, "upgrade", "--backup=never"));
        }
        var said = new TreeMap<Path, String>();
        for (var each : running.entrySet()) {
            int exit = each.getValue().waitFor();
            said.put(each.getKey(), Files.readString(each.getKey()) + "exit " + exit);
        }
        return said;
    }
}
