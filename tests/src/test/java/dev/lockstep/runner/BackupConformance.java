package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.handover.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What may befall a backup, and what comes out of one, on every database.
abstract class BackupConformance extends VerbConformance {
    private static final int DAMAGES = 50;

    private final List<Path> mounts = new ArrayList<>();

    Terminal.Result backup(String... words) {
        var all = new ArrayList<>(List.of(words));
        if (all.stream().noneMatch(word -> word.startsWith("--backup="))) {
            all.add("--backup=" + terminal.backups());
        }
        if (all.stream().noneMatch(word -> word.startsWith("--pg-bin="))) {
            all.add("--pg-bin=" + Terminal.tools());
        }
        return terminal.show("backup", all.toArray(String[]::new));
    }

    /// What is in the backups' folder, sums and half files among it.
    private List<String> left() throws IOException {
        try (var files = Files.list(terminal.backups())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    String newest() {
        return backup("list").out().replaceFirst("^\\S+ +", "").replaceFirst("  (?s).*", "");
    }

    /// What the migrating role needs to make a database beside its own.
    void allowDatabases() throws SQLException {}

    /// Rows that do not compress.
    private void grow() throws SQLException {
        var sql = switch (terminal.bed()) {
            case Bed.Postgresql p ->
                "insert into notes select i, (select string_agg(md5(random()::text || i || k), '') from generate_series(1, 100) k)"
                        + " from generate_series(1, 1500) i";
            case Bed.Sqlite s ->
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1500)"
                        + " insert into notes select i, hex(randomblob(1600)) from n";
        };
        database().execute(sql);
    }

    private void withNotes() {
        terminal.script("V1__init.sql", INIT + "create table notes (id integer, note text);");
        succeeds(terminal.upgrade());
    }

    private void small(String options) throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount a small disk");
        Files.createDirectories(terminal.backups());
        mount("-t", "tmpfs", "-o", options, "tmpfs");
        mounts.add(terminal.backups());
    }

    private void mount(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(words));
        command.add(terminal.backups().toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        for (var folder : mounts) {
            assertThat(new ProcessBuilder("umount", folder.toString()).start().waitFor())
                    .isZero();
        }
    }

    private void assertNothingHappened(Terminal.Result result, List<String> before) throws SQLException, IOException {
        assertThat(List.of(Code.BackupFailed.exit(), Code.Preflight.exit()))
                .as(result.all())
                .contains(result.exit());
        assertThat(terminal.show("current").out()).startsWith("1");
        assertThat(database().ask("select count(*) from orders")).isEqualTo("1");
        assertThat(left()).isEqualTo(before);
    }

    @Test
    void a_full_disk_keeps_the_old_backups_and_nothing_is_migrated() throws Exception {
        small("size=1m");
        withNotes();
        succeeds(backup("take"));
        var before = left();
        grow();
        terminal.script("V2__more.sql", "delete from orders;");

        var result = terminal.upgrade("--yes");

        assertNothingHappened(result, before);
        switch (terminal.bed()) {
            case Bed.Postgresql compresses -> assertThat(result.err()).contains("the backup may not fit");
            case Bed.Sqlite copies ->
                fails(result, Code.Preflight, terminal.backups() + ": the backup would take about ");
        }
        assertThat(backup("verify", newest()).exit()).isZero();
    }

    @Test
    void a_folder_that_cannot_be_written_to_keeps_the_old_backups_and_nothing_is_migrated() throws Exception {
        small("size=9m");
        withNotes();
        succeeds(backup("take"));
        var before = left();
        mount("-o", "remount,ro");
        terminal.script("V2__more.sql", "insert into orders values (2, 20); delete from orders;");

        assertNothingHappened(terminal.upgrade("--yes"), before);
    }

    @Tag("lengthy")
    @Test
    void a_limit_on_files_leaves_nothing_that_looks_whole() throws Exception {
        withNotes();
        succeeds(backup("take"));
        var before = left();
        grow();
        terminal.script("V2__more.sql", "delete from orders;");
        var command = List.of("sh", "-c", "ulimit -f 4000; exec \"$@\"", "limited");

        var run = terminal.start(
                command,
                folder.resolve("process.log"),
                "upgrade",
                "--yes",
                "--backup=" + terminal.backups(),
                "--pg-bin=" + Terminal.tools());

        assertThat(run.waitFor()).isEqualTo(Code.BackupFailed.exit());
        assertThat(terminal.show("current").out()).startsWith("1");
        assertThat(left()).isEqualTo(before);
    }

    @Tag("lengthy")
    @Test
    void no_damage_passes_for_a_whole_backup() throws SQLException, IOException {
        withNotes();
        grow();
        succeeds(backup("take"));
        var name = newest();
        var file = terminal.backups().resolve(name);
        var whole = Files.readAllBytes(file);
        var random = new Random(1);

        for (int i = 0; i < DAMAGES; i++) {
            var damaged = whole.clone();
            int at = random.nextInt(whole.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, i % 2 == 0 ? damaged : java.util.Arrays.copyOf(whole, at));
            assertThat(backup("verify", name).exit())
                    .as("damage %d at byte %d", i, at)
                    .isEqualTo(Code.BackupFailed.exit());
        }
        Files.write(file, whole);
        succeeds(backup("verify", name));
    }

    @Test
    void a_backup_takes_the_place_of_what_is_there_and_that_is_saved_first() throws SQLException, IOException {
        withNotes();
        succeeds(backup("take"));
        var name = newest();
        terminal.script("V2__lose.sql", "create table more (id integer); drop table notes; delete from orders;");
        succeeds(terminal.upgrade("--yes", "--backup=never"));

        succeeds(backup("restore", name, "--replace", "--backup-keep=1"));

        assertThat(terminal.show("current").out()).startsWith("1");
        assertThat(database().ask("select total from orders")).isEqualTo("10");
        assertThat(database().ask("select count(*) from notes")).isEqualTo("0");
        assertThat(left()).hasSize(4).contains(name);
        succeeds(backup("restore", newest(), "--replace"));
        assertThat(database().ask("select count(*) from more")).isEqualTo("0");
        assertThat(database().ask("select count(*) from orders")).isEqualTo("0");
        succeeds(terminal.upgrade());
    }

    @Test
    void a_backup_that_is_named_by_its_path_replaces_without_another() throws SQLException, IOException {
        withNotes();
        succeeds(backup("take"));
        var file = terminal.backups().resolve(newest()).toString();
        database().execute("delete from orders");

        succeeds(backup("restore", file, "--replace", "--backup=never"));

        assertThat(database().ask("select total from orders")).isEqualTo("10");
        assertThat(left()).hasSize(2);
    }

    @Test
    void a_backup_is_restored_and_compared_before_the_first_change() throws SQLException, IOException {
        allowDatabases();
        withNotes();
        grow();
        terminal.script("V2__more.sql", "insert into orders values (2, 20);");

        var result = terminal.upgrade("--backup-verify=restore");

        succeeds(result);
        assertThat(result.out()).contains("backup taken");
        assertThat(left()).hasSize(2);
    }

    @Tag("lengthy")
    @Test
    void a_run_that_is_tried_again_behind_its_first_loss_keeps_what_was_saved_before_it() throws SQLException {
        withNotes();
        terminal.script("V2__lose.sql", "drop table notes;");
        terminal.script("V3__lose.sql", "drop table nobody_has_it;");

        for (int attempt = 1; attempt <= 4; attempt++) {
            fails(terminal.upgrade("--yes", "--backup-keep=2"), Code.StatementFailed, "V3__lose.sql:1: ");
        }

        var first = backup("list").out().lines().toList().getLast();
        succeeds(backup("restore", first.replaceFirst("^\\S+ +", "").replaceFirst("  .*", ""), "--replace"));
        assertThat(database().ask("select count(*) from notes")).isEqualTo("0");
    }

    @Test
    void a_size_that_is_none_is_told() {
        terminal.script("V1__init.sql", INIT);
        assertThat(terminal.upgrade("--backup-max-size=10 apples").err())
                .contains("--backup-max-size: is no size: 10 apples");
        assertThat(terminal.upgrade("--backup-max-size=99999999TiB").exit()).isEqualTo(Code.Usage.exit());
    }
}
