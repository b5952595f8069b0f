package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cluster.Harm;
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

            The crash tests cut a run of 18 scripts and one that is repeatable, of each kind of statement, at each of its some
            560 requests, before the server gets it and after; `make check` tries a sample.

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

            A resource that adopts a database, runs a step, waits for a person, and runs one that loses data: some thirty requests
            of the operator, watches aside. In the end status, events, ConfigMap, history and rows are the same, and so is the count
            of Jobs. Written from `HostileTest.whatever_becomes_of_a_request_the_end_is_the_same`, which does some harms at one request
            in `make check`, and each at each in `make nightly`.

            Two things are known to differ: the event `Started` is missing where a run ended before an operator that was killed was
            back, and where its creation is answered 409; and an operator that is shown what there was before may start one run
            more, which finds everything done.

            <cluster>
            | what else | what comes of it |
            |---|---|
            | the operator is killed, or upgraded, in the middle of a run | the run goes on, and no other is started (`ChartTest.a_killed_operator_finds_its_run_again`, `ChartTest.an_upgrade_in_the_middle_of_a_run_starts_nothing`) |
            | the leader of two operators is killed in the middle | the other goes on within 20 s, with the same run (`OperatorsTest.when_the_leader_is_killed_in_the_middle_another_goes_on_with_its_run`) |
            | a leader stands still until another leads, and then goes on | what it still writes is refused, and it ends (`OperatorsTest.a_leader_that_stood_still_undoes_nothing`) |
            | the API server is gone for a minute | a run at work ends by itself; none is started twice (`OperatorsTest.a_minute_without_the_api_server_ends_no_run_and_starts_none`) |
            | the operator's clock is an hour off | nothing: it goes by the API server's (`OperatorsTest.a_clock_that_is_an_hour_off_changes_nothing`) |
            | the clock of a run's node is an hour ahead | the next attempt is not put off (`RetryTest.a_node_whose_clock_is_an_hour_ahead_does_not_put_the_next_attempt_off`) |
            | the node of a run falls silent until Kubernetes takes it for lost, and comes back | no other run is started, and others are answered meanwhile (`NodeTest.a_node_that_falls_silent_in_the_middle_of_a_run_starts_no_other`) |
            | a run's Job is deleted, its pod deleted, evicted, or killed | what was open is rolled back, another run finishes (`MeddlingTest.a_job_that_is_deleted_in_the_middle_is_made_again`, `MeddlingTest.a_pod_that_is_evicted_in_the_middle_is_followed_by_another`, `InterruptionTest.a_run_whose_pod_is_deleted_in_the_middle_of_a_statement_is_begun_again`, `InterruptionTest.a_run_that_is_killed_after_its_last_commit_reports_what_it_finds_done`) |
            | a pod ends without a word, or with one that is no Report | `NoReport`; the next run finds out what is there (`InterruptionTest.a_run_that_is_killed_after_its_last_commit_reports_what_it_finds_done`, `StoryTest.an_evicted_pod_is_a_run_without_a_report`) |
            | a sidecar never ends | the run is judged by its own container (`SidecarTest.a_container_that_somebody_adds_and_that_never_ends_holds_nothing_up`) |
            | a pod says that it is a run's, and is not | it is not heard (`MeddlingTest.what_a_pod_says_that_is_no_runs_is_not_heard`) |
            | an image cannot be pulled, no node takes the pod, a quota is spent | told within half a minute; it goes on when that is mended (`ChartTest.an_image_that_cannot_be_pulled_is_told_of_and_mended_by_the_next_upgrade`, `TroubleTest.a_pod_that_no_node_takes`, `CodesTest.a_quota_that_lets_no_job_in`) |
            | a claim is ReadWriteOncePod, and a pod has it | `ClaimInUse` until that pod is gone (`MeddlingTest.a_claim_that_one_pod_has_for_itself_is_waited_for`) |
            | somebody wipes a status | it is written again out of what is there, and nothing is run (`MeddlingTest.a_status_that_is_wiped_away_is_written_again`) |
            | somebody edits a status | what its run has reported is told again as long as its Job is there (`LyingStatusTest.what_a_run_has_reported_is_told_again_and_nothing_is_run_for_it`, `LyingStatusTest.a_run_that_is_said_to_have_succeeded_and_has_not_is_told_as_failed`); what cannot be read counts as absent, and a run too many finds nothing to do (`EditedStatusTest.every_look_comes_to_a_decision`, `EditedStatusTest.the_metrics_of_all_are_there_still`) |
            | somebody's finalizer keeps a resource that is deleted | nothing more is done for it (`MeddlingTest.a_resource_that_somebody_keeps_from_going_is_let_be`) |
            | the namespace is deleted in the middle of a run | it is gone in half a minute, with the operator or without (`ChartTest.a_namespace_with_a_run_at_work_is_gone_in_half_a_minute`) |
            """;

    @Test
    void the_page_says_what_is_tried() throws IOException {
        var page = TEXT.replace("<postgresql>", FaultTest.table())
                .replace("<sqlite>", SqliteFaultTest.table())
                .replace("<cluster>", Harm.table());

        if (System.getProperty("lockstep.golden", "").equals("write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }
}
