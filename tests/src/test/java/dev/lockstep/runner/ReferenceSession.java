package dev.lockstep.runner;

import dev.lockstep.engine.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/// The commands of a guide to database migrations with Alembic, in its order, typed with our verbs; the transcript is
/// what somebody at the terminal sees.
final class ReferenceSession {
    private static final String INITIAL = """
            -- Initial schema
            --
            -- Revision: e5d4c3b2a1f6
            -- Revises: base

            create table apikey (
                id integer primary key, key_hash varchar(64), balance integer not null default 0,
                created_at timestamp, old_name varchar(40));
            create table ledger (id integer primary key, api_key_id integer references apikey (id), amount integer);
            insert into apikey (id, key_hash, balance) values (1, 'test', 1000);
            """;
    private static final String INDEXES = """
            -- Add indexes
            --
            -- Revision: f6e5d4c3b2a1
            -- Revises: e5d4c3b2a1f6

            create index ix_ledger_key_amount on ledger (api_key_id, amount);
            create index ix_apikey_active on apikey (balance) where balance > 0;
            """;
    private static final String PREFERENCES = """
            create table userpreferences (
                id integer primary key, api_key_id integer not null references apikey (id),
                theme varchar(40), notifications_enabled boolean default true, created_at timestamp not null);
            create index ix_userpreferences_api_key_id on userpreferences (api_key_id);
            """;
    private static final String ROTATION = """
            alter table apikey add column last_rotation timestamp;
            update apikey set last_rotation = created_at where last_rotation is null;
            """;

    private final Terminal terminal;
    private final List<String> secrets;
    private final List<String> transcript = new ArrayList<>();
    private final Random random = new Random(7);

    /// @param secrets texts that change from run to run
    ReferenceSession(Terminal terminal, List<String> secrets) {
        this.terminal = terminal;
        this.secrets = secrets;
    }

    String play() throws IOException {
        grow();
        rollBack();
        merge();
        mend();
        recover();
        return String.join("\n", transcript) + "\n";
    }

    private void grow() throws IOException {
        script("V20240101000000__initial_schema.sql", INITIAL);
        script("U20240101000000__initial_schema.sql", "drop table ledger;\ndrop table apikey;\n");
        script("V20240108000000__add_indexes.sql", INDEXES);
        script("U20240108000000__add_indexes.sql", "drop index ix_apikey_active;\ndrop index ix_ledger_key_amount;\n");
        type("upgrade");
        type("current");

        say("A new revision, from a template");
        var preferences = written(type("revision", "-m", "Add user preferences table", "--down"));
        append(preferences.getFirst(), PREFERENCES);
        append(preferences.getLast(), "drop table userpreferences;\n");
        var rotation = written(type("revision", "-m", "Add last rotation", "--down"));
        append(rotation.getFirst(), ROTATION);
        append(rotation.getLast(), "alter table apikey drop column last_rotation;\n");
        type("plan");
        type("upgrade", "+1");
        type("current");
        type("upgrade");
        type("current", "--head");
        type("history");
    }

    private void rollBack() {
        say("Rolling back: one step, to a revision, to base");
        type("downgrade", "-1");
        type("downgrade", "f6e5d4c3b2a1");
        type("current");
        type("upgrade");
        type("downgrade", "base");
        type("current");
        type("upgrade");
    }

    private void merge() throws IOException {
        say("Two heads, and their merge");
        var left = written(type("revision", "-m", "Left", "--head", "f6e5d4c3b2a1"));
        append(left.getFirst(), "create table left_side (id integer);\n");
        type("heads");
        type("upgrade");
        type("merge", "-m", "Merge migrations");
        type("history", "--graph");
        type("upgrade");
        type("current");
    }

    private void mend() throws IOException {
        say("A migration that fails, is mended and tried again");
        var wrong = written(type("revision", "-m", "Widen balance"));
        append(wrong.getFirst(), "alter table apikey add column wide bigint;\nupdate apikeys set wide = balance;\n");
        type("upgrade");
        type("current");
        var mended = Files.readString(wrong.getFirst()).replace("apikeys", "apikey");
        Files.writeString(wrong.getFirst(), mended);
        type("upgrade");
    }

    private void recover() {
        say("Recovery: say where it is, look, bring it up again");
        type("stamp", "f6e5d4c3b2a1");
        type("current");
        type("stamp", "head");
        type("validate");
        type("backup", "list");
    }

    private void say(String heading) {
        transcript.add("");
        transcript.add("# " + heading);
    }

    private void script(String name, String text) {
        terminal.script(name, text);
        transcript.add("(" + name + " is written)");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, Files.readString(file) + text);
    }

    private static List<Path> written(String out) {
        return out.lines().map(Path::of).toList();
    }

    private String type(String... words) {
        transcript.add("");
        transcript.add("$ lockstep " + String.join(" ", words));
        var all = new ArrayList<>(Arrays.asList(words));
        all.add("--migrations=" + terminal.migrations());
        all.addAll(terminal.bed().owner());
        if (List.of("upgrade", "downgrade", "backup").contains(words[0])) {
            all.add("--backup=" + terminal.backups());
            all.add("--pg-bin=" + Terminal.tools());
        }
        if (List.of("revision", "merge", "heads").contains(words[0])) {
            all.removeAll(terminal.bed().owner());
        }
        var out = new ByteArrayOutputStream();
        var both = new PrintStream(out, true, StandardCharsets.UTF_8);
        var clock = InstantSource.fixed(Instant.parse("2024-01-15T10:30:00Z"));
        var world = new World(both, both, clock, random, new Stop(), Path.of("/nowhere"), Optional.empty());
        int exit = Cli.run(world, all.toArray(String[]::new));
        var said = out.toString(StandardCharsets.UTF_8);
        said.lines().map(this::steady).forEach(transcript::add);
        if (exit != 0) {
            transcript.add("(exit " + exit + ")");
        }
        return said;
    }

    /// Without what differs from run to run.
    private String steady(String line) {
        var steady = line.replace(terminal.folder().toString() + "/", "");
        for (var secret : secrets) {
            steady = steady.replace(secret, "…");
        }
        steady = Pattern.compile("\\d+ ms").matcher(steady).replaceAll("… ms");
        steady = Pattern.compile("\\d+ bytes").matcher(steady).replaceAll("… bytes");
        steady = Pattern.compile("(app\\.db|\\.public)\\.[0-9a-f]+-")
                .matcher(steady)
                .replaceAll("$1.…-");
        return steady;
    }
}
