package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.server.CuttingProxy;
import dev.lockstep.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// As [CrashTest], with a backup, and `pg_dump` is cut as well: a backup that is there is whole, and nothing is changed
/// before there is one (I4).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BackupCrashTest {
    private static final int SAMPLE = 3;

    private static final List<String> STATE = List.of(
            "select what || ' ' || times from effects order by 1",
            "select script || ' ' || success from flyway_schema_history order by script",
            "select count(*) from pg_index where not indisvalid");

    @TempDir
    static Path folder;

    private final PostgresServer server = PostgresServer.start(18);
    private List<String> expected = List.of();
    private int requests;
    private int terminals;

    @BeforeAll
    void neverCut() throws SQLException, IOException {
        var terminal = atTheFirst();
        try (var proxy = new CuttingProxy(server.port(), 0, false)) {
            Workplace.succeeds(upgrade(terminal, proxy.port()));
            requests = proxy.requests();
        }
        expected = state(terminal);
    }

    /// So that there is something to save.
    private Terminal atTheFirst() {
        var place = folder.resolve("place" + terminals++);
        var terminal = new Terminal(new Bed.Postgresql(server, server.fresh()), place)
                .script("V1__init.sql", "create table effects (what text primary key, times integer);");
        Workplace.succeeds(terminal.upgrade("--backup=never"));
        return terminal.script("V2__effect.sql", Corpus.effect("2"))
                .script("V3__index.sql", "create index concurrently by_times on effects (times);");
    }

    private static Terminal.Result upgrade(Terminal terminal, int port) {
        return terminal.through(
                port, "upgrade", "--yes", "--backup=" + terminal.backups(), "--pg-bin=" + Terminal.tools());
    }

    Stream<Cut> cuts() {
        return Cut.of(requests, SAMPLE);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void a_run_that_is_cut_anywhere_has_changed_nothing_without_a_whole_backup(Cut cut)
            throws SQLException, IOException {
        var terminal = atTheFirst();
        try (var proxy = new CuttingProxy(server.port(), cut.request(), cut.afterwards())) {
            var first = upgrade(terminal, proxy.port());
            assertThat(first.exit()).as(first.all()).isIn(0, Code.ConnectionLost.exit(), Code.BackupFailed.exit());
            assertThat(proxy.requests()).isGreaterThanOrEqualTo(cut.request());
        }

        assertThat(Saved.whole(terminal)).isEqualTo(Saved.all(terminal));
        assertThat(isChanged(terminal) && Saved.all(terminal).isEmpty()).isFalse();
        Workplace.succeeds(upgrade(terminal, server.port()));
        assertThat(state(terminal)).isEqualTo(expected);
        assertThat(Saved.whole(terminal)).isEqualTo(Saved.all(terminal)).isNotEmpty();
        Saved.assertNoHalf(terminal);
    }

    private static boolean isChanged(Terminal terminal) throws SQLException {
        return terminal.bed()
                .ask("select exists (select from effects) or to_regclass('by_times') is not null")
                .equals("t");
    }

    private static List<String> state(Terminal terminal) throws SQLException {
        var all = new ArrayList<String>();
        for (var sql : STATE) {
            all.addAll(terminal.bed().column(sql));
        }
        return all;
    }
}
