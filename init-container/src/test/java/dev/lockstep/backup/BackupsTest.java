package dev.lockstep.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.dialect.Address;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder of backups, with copies that are a few letters.
final class BackupsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private Backup take(String database, String head, Instant at, String content) throws Refusal {
        return new Backups(folder, 2, address(database)).take(head(head), true, at, file -> write(file, content));
    }

    private static Backups.Head head(String revision) {
        return new Backups.Head(revision, Integer.parseInt(revision), false);
    }

    private static Address address(String database) {
        return new Address.Postgresql(
                "db", 5432, database, "public", "me", Optional.empty(), "disable", Optional.empty(), Optional.empty());
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names() throws IOException {
        try (var list = Files.list(folder)) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_young_backup_of_the_same_head_is_taken_again() throws Refusal {
        var first = take("a", "1", NOON, "rows");

        assertThat(take("a", "1", NOON.plusSeconds(599), "more").reused()).isTrue();
        assertThat(take("a", "1", NOON.plusSeconds(599), "more").sha256()).isEqualTo(first.sha256());
        assertThat(take("a", "2", NOON.plusSeconds(60), "more").reused()).isFalse();
        assertThat(take("a", "1", NOON.plusSeconds(600), "more").reused()).isFalse();
    }

    @Test
    void where_rows_may_be_lost_it_is_taken_anew() throws Refusal {
        take("a", "1", NOON, "rows");
        var backups = new Backups(folder, 2, address("a"));

        var second = backups.take(head("1"), false, NOON.plusSeconds(1), file -> write(file, "rows and more"));

        assertThat(second.reused()).isFalse();
        assertThat(backups.list()).hasSize(2);
    }

    @Test
    void two_of_one_second_are_two() throws Refusal, IOException {
        var backups = new Backups(folder, 5, address("a"));
        var first = backups.take(head("1"), false, NOON, file -> write(file, "rows"));

        var second = backups.take(head("1"), false, NOON, file -> write(file, "other rows"));

        assertThat(folder.resolve(first.name())).hasContent("rows");
        assertThat(backups.list()).extracting(Backup::name).containsExactly(second.name(), first.name());
    }

    @Test
    void a_revision_that_was_left_and_reached_again_has_other_rows() throws Refusal {
        var backups = new Backups(folder, 5, address("a"));
        backups.take(new Backups.Head("1", 1, false), true, NOON, file -> write(file, "rows"));

        var again = backups.take(
                new Backups.Head("1", 3, false), true, NOON.plusSeconds(1), file -> write(file, "other rows"));

        assertThat(again.reused()).isFalse();
        assertThat(backups.list()).extracting(Backup::revision).containsExactly("1", "1");
    }

    @Test
    void a_backup_that_was_changed_since_is_none() throws Refusal {
        var first = take("a", "1", NOON, "rows");
        write(folder.resolve(first.name()), "rots");

        assertThat(take("a", "1", NOON.plusSeconds(1), "rows").reused()).isFalse();
    }

    @Test
    void databases_whose_names_read_alike_share_no_backup() throws Refusal {
        take("a-b", "1", NOON, "rows of a-b");

        assertThat(take("a_b", "1", NOON, "rows of a_b").reused()).isFalse();
        take("a_b", "2", NOON, "rows of a_b");
        take("a_b", "3", NOON, "rows of a_b");
        assertThat(take("a-b", "1", NOON, "rows of a-b").reused()).isTrue();
    }

    @Test
    void the_oldest_go_and_their_sums_with_them() throws Refusal, IOException {
        take("a", "1", NOON, "rows");
        take("a", "2", NOON.plusSeconds(1), "rows");
        take("a", "3", NOON.plusSeconds(2), "rows");

        assertThat(names()).hasSize(4).noneMatch(name -> name.contains("-1.r1-"));
    }

    @Test
    void what_was_saved_first_at_a_head_outlives_later_ones_of_it_and_of_the_next() throws Refusal, IOException {
        var backups = new Backups(folder, 2, address("a"));
        var first = backups.take(head("1"), false, NOON, file -> write(file, "all rows"));
        backups.take(head("1"), false, NOON.plusSeconds(1), file -> write(file, "all rows, later"));

        for (int attempt = 2; attempt <= 9; attempt++) {
            backups.take(head("2"), false, NOON.plusSeconds(attempt), file -> write(file, "what is left"));
        }

        assertThat(folder.resolve(first.name())).hasContent("all rows");
        assertThat(backups.list())
                .extracting(Backup::at)
                .containsExactly(NOON.plusSeconds(9), NOON.plusSeconds(8), NOON.plusSeconds(2), NOON);
    }

    @Test
    void what_is_saved_after_the_clock_was_set_back_is_the_newest_and_stays() throws Refusal {
        var ahead = NOON.plus(Duration.ofDays(365));
        for (int revision = 1; revision <= 4; revision++) {
            take("a", String.valueOf(revision), ahead.plusSeconds(revision), "rows");
        }

        var first = take("a", "5", NOON, "rows of five");
        var second = take("a", "6", NOON.plusSeconds(60), "rows of six");

        assertThat(new Backups(folder, 2, address("a")).list())
                .extracting(Backup::name)
                .containsExactly(second.name(), first.name());
    }

    @Test
    void a_backup_from_the_future_is_not_known_to_be_young() throws Refusal {
        take("a", "1", NOON.plusSeconds(600), "rows");

        assertThat(take("a", "1", NOON, "rows and more").reused()).isFalse();
    }

    @Test
    void the_oldest_of_one_second_goes() throws Refusal {
        for (int revision = 8; revision <= 11; revision++) {
            take("a", String.valueOf(revision), NOON, "rows");
        }

        assertThat(new Backups(folder, 2, address("a")).list())
                .extracting(Backup::revision)
                .containsExactly("11", "10");
    }

    @Test
    void what_a_killed_run_has_left_is_swept_away() throws Refusal, IOException {
        var name = take("a", "1", NOON, "rows").name();
        write(folder.resolve("." + name.replace("-1.r1-", "-0.r0-") + ".part"), "half");
        write(folder.resolve(name.replace("-1.r1-", "-0.r0-") + ".sha256"), "of nothing");

        take("a", "1", NOON, "rows");

        assertThat(names()).containsExactly(name, name + ".sha256");
    }

    @Test
    void what_a_killed_run_has_left_is_gone_before_the_next_copy_needs_its_space() throws Refusal {
        var name = take("a", "1", NOON, "rows").name();
        var part = folder.resolve("." + name.replace("-1.r1-", "-0.r0-") + ".part");
        write(part, "half");

        var next = new Backups(folder, 2, address("a")).take(head("2"), true, NOON.plusSeconds(1), file -> {
            assertThat(part).doesNotExist();
            write(file, "rows");
        });

        assertThat(folder.resolve(next.name())).hasContent("rows");
    }

    @Test
    void nobody_else_may_read_it() throws Refusal, IOException {
        var backup = folder.resolve(take("a", "1", NOON, "rows").name());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
    }

    @Test
    void what_fails_leaves_nothing_that_looks_like_a_backup() throws IOException {
        var backups = new Backups(folder, 2, address("a"));

        assertThatThrownBy(() -> backups.take(head("1"), true, NOON, file -> {
                    write(file, "half");
                    write(file.resolveSibling(file.getFileName() + "-journal"), "half");
                    throw new Refusal(Code.BackupFailed, "", "", "");
                }))
                .isInstanceOf(Refusal.class);

        assertThat(names()).isEmpty();
    }
}
