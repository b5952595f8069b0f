package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/reference/faults.md` is written from the cells that the tests try.
final class FaultPageTest {
    private static final Path PAGE = Repository.root().resolve("docs/reference/faults.md");
    private static final String TEXT = """
            # What happens when something goes wrong

            Whatever a cell says, the next `lockstep upgrade` ends with 0, each effect was made once, indexes are valid, the
            histories are whole, and no lock and no half-written backup is left. `make check` tries every fifth cell, `make
            nightly` each.

            ## PostgreSQL

            As a role that is no superuser: a run from revision 1 to 4, with a backup, an effect that counts how often it is
            made, and an index built concurrently. Written from `FaultTest.whatever_befalls_a_run_the_next_one_finishes`.

            <postgresql>
            A connection whose other end is gone without a word, as with a machine that loses its power or a firewall that
            forgets, cannot be told from a long statement by waiting. The runner's kernel asks after 30 s of silence, then three
            times, 10 s apart; after a minute without an answer it is a ConnectionLost like that of a connection that is cut
            (`KeepAliveTest.a_silent_server_is_asked_after_half_a_minute`). A message that is on its way when the other
            end goes is sent again for as long as the system says, on Linux about a quarter of an hour (`net.ipv4.tcp_retries2`).

            | the server's disk is full | the run | afterwards |
            |---|---|---|
            | where tables are | `Preflight`, nothing of the script stays (`FullDiskTest.a_server_that_finds_no_space_for_rows_keeps_what_it_had`) | free space and run again |
            | where the log is, so that the server ends itself | `Preflight` (`FullDiskTest.a_server_that_finds_no_space_for_its_log_is_gone_and_loses_nothing`) | give it a larger disk, start it, run again |

            ## SQLite

            A run from revision 1 to 4, with a backup on another disk, effects that need room and count how often they are made,
            and a `VACUUM`. Written from `SqliteFaultTest.whatever_befalls_a_run_the_next_one_finishes`.

            <sqlite>
            A process that dies at any of its calls, or is killed at any moment, is looked at more closely by
            `SqliteCrashTest` and `KillTest`. A disk that has no room for the backup is found before anything is changed
            (`FullDiskTest.a_copy_that_finds_no_space_says_how_much_it_needs`).

            A clock that is wrong changes no order: how long something may take is told by a clock that only runs on, the order of
            what was applied by the database, and a backup is named as if it were later than all that are there, so the one
            taken last is kept (`BackupsTest.what_is_saved_after_the_clock_was_set_back_is_the_newest_and_stays`).
            """;

    @Test
    void the_page_says_what_is_tried() throws IOException {
        var page = TEXT.replace("<postgresql>", FaultTest.table()).replace("<sqlite>", SqliteFaultTest.table());

        if (System.getProperty("lockstep.golden", "").equals("write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }
}
