package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cluster.Harm;
import dev.lockstep.cluster.Mishap;
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
            histories are whole, and no lock and no half-written backup is left. `make check` tries every seventh cell, `make
            nightly` each.

            | what holds, whatever goes wrong | asserted by |
            |---|---|
            | I1: each effect is made exactly once | every test below, with a table in which each script counts |
            | I2: what the history says has been done, and nothing else | `CrashTest.a_run_that_is_cut_anywhere_is_finished_by_the_next` and `SqliteCrashTest.a_run_that_is_cut_anywhere_is_finished_by_the_next`, against a run that nobody cuts |
            | I3: one run executes at a time | `CrowdTest.three_processes_at_once_all_succeed_and_one_executes`, and eight of them in `make nightly`; `HalfOpenTest.a_server_that_hears_nothing_more_of_a_run_keeps_its_lock_until_it_learns_that_it_is_gone` |
            | I4: nothing is changed before there is a whole backup, and none is there that is not whole | `BackupCrashTest.a_run_that_is_cut_anywhere_has_changed_nothing_without_a_whole_backup`, `KillTest.a_run_that_is_killed_at_any_moment_is_finished_by_the_next` |
            | I5: a run that says that it has succeeded has | `CrashTest.a_run_that_is_cut_anywhere_is_finished_by_the_next`; of a resource, `HostileTest.whatever_becomes_of_a_request_the_end_is_the_same` |
            | I6: the gate opens only where the revision is, and nothing half done | `CrashTest.a_run_that_is_cut_anywhere_is_finished_by_the_next` |
            | I7: the next run finishes, up and down | every test below; `DownCrashTest.a_way_down_that_is_cut_anywhere_is_finished_by_the_next` |
            | I8: no INVALID index, table or lock of ours and no part of a backup is left | `CrashTest.a_run_that_is_cut_anywhere_is_finished_by_the_next`, by `pg_dump --schema-only`; `KilledBuildTest.an_index_whose_build_was_killed_is_cleared_and_built_by_the_next_run` |
            | I9: the application is served | `RolloutTest.two_releases_serve_without_a_failed_request_while_a_column_is_renamed_under_them`; `PostgresqlConformance.a_reader_in_the_way_is_named_and_waited_for_in_short_attempts` |
            | I10: no password is said | every test here that types a command: its password is looked for in all that comes back; `ThreatsTest.a_password_is_in_nothing_that_others_may_read` on the cluster |

            The crash tests cut a run of 17 scripts and one that is repeatable, of each kind of statement, at each of its some
            560 requests, before the server gets it and after. It is one that changes a database at work: a batch of an earlier
            run, to whose rows the application has written since, is swept before its source is dropped. `make check` tries a
            sample. One exception is known: of the processes that were killed in such a run, one left the table
            `lockstep_journal` behind; everything else was as it should be.

            ## PostgreSQL

            As a role that is no superuser: a run from revision 1 to 4, with a backup, an effect that counts how often it is
            made, and an index built concurrently. Written from `FaultTest.whatever_befalls_a_run_the_next_one_finishes`.

            <postgresql>
            A server cannot know that a network is silent: until it hears that the run is gone, its session keeps the lock, and
            another run waits for it within its `--lock-budget`, or ends with `LockBusy`
            (`HalfOpenTest.a_server_that_hears_nothing_more_of_a_run_keeps_its_lock_until_it_learns_that_it_is_gone`).

            A connection whose other end is gone without a word, as with a machine that loses its power or a firewall that
            forgets, cannot be told from a long statement by waiting. The runner's kernel asks after 30 s of silence, then three
            times, 10 s apart; after a minute without an answer it is a ConnectionLost like that of a connection that is cut
            (`KeepAliveTest.a_silent_server_is_asked_after_half_a_minute`). A message that is on its way when the other
            end goes is sent again for as long as the system says, on Linux about a quarter of an hour (`net.ipv4.tcp_retries2`).

            | the server's disk is full | the run | afterwards |
            |---|---|---|
            | where tables are | `Preflight`, nothing of the script stays (`FullDiskTest.a_server_that_finds_no_space_for_rows_keeps_what_it_had`) | free space and run again |
            | where the log is, so that the server ends itself | `Preflight` (`FullDiskTest.a_server_that_finds_no_space_for_its_log_is_gone_and_loses_nothing`) | give it a larger disk, start it, run again |

            | what else befalls a run | what comes of it |
            |---|---|
            | it is killed at any moment | the next one finishes it (`KillTest.a_run_that_is_killed_at_any_moment_is_finished_by_the_next`) |
            | others begin at the same time, one of them a plain Flyway | one executes, all succeed (`CrowdTest.three_processes_at_once_all_succeed_and_one_executes`, `PostgresqlTroubleConformance.a_flyway_that_runs_at_the_same_time_does_nothing_twice`) |
            | a lock is not to be had | it tries as long as its budget says, then `LockBudgetExceeded`, and nothing is changed (`PostgresqlConformance.when_the_budget_is_spent_the_database_is_unchanged`) |
            | a deadlock, a serialization failure | the script begins again (`PostgresqlSessionConformance.what_passes_is_tried_again_from_the_scripts_beginning`) |
            | the server takes no more writes, for it is no primary any more | `Standby`, nothing of the script stays (`PostgresqlSessionConformance.a_server_that_takes_no_more_writes_ends_the_run_and_the_next_one_goes_on`) |
            | the role's password is changed | the next attempt is `AuthenticationRefused` until the Secret has the new one (`TroubleTest.a_password_that_the_database_has_changed`) |
            | scripts are edited while it waits for a person or for pods | `PlanChanged` (`OrderFilesTest.a_later_leg_runs_the_scripts_of_the_one_before_or_none`) |
            | a script is edited that was applied | `ChecksumMismatch`, nothing is run (`Conformance.an_edited_script_stops_everything`) |
            | the disk of the backups is full | nothing is changed, the old ones stay (`BackupConformance.a_full_disk_keeps_the_old_backups_and_nothing_is_migrated`) |
            | there is a pooler in between | `PoolerDetected` (`ServersTest.a_pooler_is_refused_whether_it_takes_our_settings_or_not`) |

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

            ## On a cluster

            A resource that adopts a database, saves it, runs a step, waits for a person and for an old pod, runs one that loses
            data, and goes back when the pod does: some 160 requests of the operator, watches aside, of which 57 write. In the
            end status, events, ConfigMap, history and rows are the same, and so is the count of Jobs. Written from
            `HostileTest.whatever_becomes_of_a_request_the_end_is_the_same`, which does some harms at one request in `make check`,
            and in `make nightly` each at each that writes, and 503 at each.

            Two things are known to differ: the event `Started` is missing where a run ended before an operator that was killed was
            back, and where its creation is answered 409; and an operator that is shown what there was before may start one run
            more, which finds everything done.

            <cluster>
            <mishaps>""";

    @Test
    void nothing_is_told_that_no_test_does() {
        assertThat(Mishap.values()).allSatisfy(it -> assertThat(it.tests()).isNotEmpty());
    }

    @Test
    void the_page_says_what_is_tried() throws IOException {
        var page = TEXT.replace("<postgresql>", FaultTest.table())
                .replace("<sqlite>", SqliteFaultTest.table())
                .replace("<cluster>", Harm.table())
                .replace("<mishaps>", Mishap.table());

        if (System.getProperty("lockstep.golden", "").equals("write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }
}
