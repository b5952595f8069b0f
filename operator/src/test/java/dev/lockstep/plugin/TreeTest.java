package dev.lockstep.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a person on call sees of one resource, and of many.
class TreeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:05:00Z");
    private static final String WALKING = """
            {observedGeneration: 2, stage: Migrating, revision: '1', targetRevision: '3', pending: 2, floor: '1',
             conditions: [%s, %s],
             run: {job: orders-1a2b, attempt: 2, leg: Hold, startedAt: '2026-01-01T10:04:18Z',
                   progress: {step: 2, steps: 3, rows: 450000, rowsTotal: 1000000, rowsPerSecond: 9000, etaSeconds: 61}},
             waitingFor: ['pod orders-6c9: declares 1, contract needs 3'],
             plan: {hash: '%s', steps: [{revision: '3', description: drop note, phase: contract, direction: up,
                    destructive: true, breaking: deploy 2.4 first}]},
             backup: {name: orders.dump, bytes: 12582912, verified: true, at: '2026-01-01T10:04:20Z', revision: '1'},
             applied: [{revision: '1', description: init, phase: expand, direction: up, millis: 1200, lockAttempts: 3,
                        at: '2026-01-01T09:05:00Z'}]}
            """.formatted(
                    Written.condition("Ready", "Unknown", "Running", "run orders-1a2b is at work"),
                    Written.condition("Stalled", "False", "Running", ""),
                    Written.HASH);

    @Test
    void a_resource_is_a_tree_with_its_run_its_progress_and_what_it_waits_for() {
        var lines = new Tree(Written.standing(WALKING), NOW, Paint.NONE).lines();

        assertThat(lines).containsExactly("""
                shop/orders
                ├─ Ready=Unknown Running: run orders-1a2b is at work (5m)
                ├─ Stalled=False Running (5m)
                ├─ stage Migrating, revision 1 -> 3, 2 pending, floor 1
                ├─ run orders-1a2b, attempt 2, leg Hold, at work (begun 42s ago)
                │  └─ step 2/3 [█████████░░░░░░░░░░░] 45 %% 450,000 of about 1,000,000 rows, 9,000 rows/s, about 1m1s left
                ├─ waiting for
                │  └─ pod orders-6c9: declares 1, contract needs 3
                ├─ plan %s
                │  └─ 3 drop note (contract up) LOSES DATA breaking: deploy 2.4 first
                ├─ backup orders.dump, 12.0 MiB, verified, of revision 1, 40s old
                └─ applied
                   └─ 1 init (expand up, 1,200 ms, 3 attempts, 60m ago)
                """.formatted(Written.HASH).lines().toArray(String[]::new));
    }

    @Test
    void what_nobody_has_answered_yet_says_so() {
        var lines = new Tree(Written.standing("{observedGeneration: 1}"), NOW, Paint.NONE).lines();

        assertThat(lines.get(1)).contains("has not answered this spec yet");
    }

    @Test
    void an_amendment_tells_whether_it_waits_is_at_work_or_has_ended() {
        assertThat(amendment("words: stamp 2, plan: '" + Written.HASH + "'"))
                .contains("└─ amendment stamp 2: waits for a yes to " + Written.HASH);
        assertThat(amendment("words: stamp 2, job: orders-3c")).contains("└─ amendment stamp 2: at work in orders-3c");
        assertThat(amendment("words: stamp 2, job: orders-3c, result: Done, message: stamped"))
                .contains("└─ amendment stamp 2: Done in orders-3c", "   └─ stamped");
    }

    private static List<String> amendment(String fields) {
        var standing = Written.standing("{observedGeneration: 2, amendment: {%s}}".formatted(fields));
        return new Tree(standing, NOW, Paint.NONE).lines();
    }

    @Test
    void colours_come_only_where_they_are_wanted_and_what_the_cluster_says_moves_no_cursor() {
        var evil =
                Written.standing("{observedGeneration: 2, waitingFor: [\"pod \\u001b[2J\\u009b1mx\"], conditions: [%s]}"
                        .formatted(Written.condition("Ready", "True", "Settled", "")));

        assertThat(String.join("\n", new Tree(evil, NOW, Paint.NONE).lines())).doesNotContain("\u001b", "\u009b");
        assertThat(new Tree(evil, NOW, new Paint(true)).lines().get(1)).startsWith("├─ \u001b[32mReady=True\u001b[0m");
    }

    @Test
    void many_are_a_table_whose_columns_stand_below_each_other() {
        var ready = Written.standing(
                "{observedGeneration: 2, stage: Settled, revision: '3', targetRevision: '3', conditions: %s}"
                        .formatted(Written.conditions("True", "False", "False", "Settled")));

        assertThat(Table.lines(List.of(ready, Written.standing(WALKING)), false, Paint.NONE))
                .containsExactly(
                        "NAME     READY     STAGE       REVISION   TARGET   PROGRESS   REASON",
                        "orders   True      Settled     3          3        -          Settled",
                        "orders   Unknown   Migrating   1          3        2/3 45%    Running");
        assertThat(Table.lines(List.of(ready), true, Paint.NONE).getLast()).startsWith("shop        orders");
    }

    @Test
    void a_log_that_follows_it_has_a_line_for_each_state() {
        assertThat(Brief.line(Written.standing(WALKING)))
                .isEqualTo(
                        "shop/orders: Ready=Unknown Running, revision 1 -> 3, step 2/3 [█████████░░░░░░░░░░░] 45 %"
                                + " 450,000 of about 1,000,000 rows, 9,000 rows/s, about 1m1s left; run orders-1a2b is at work");
    }

    @Test
    void a_bar_is_full_only_when_all_is_done() {
        assertThat(Bar.of(999, 1000)).isEqualTo("[███████████████████░] 99 %");
        assertThat(Bar.of(1000, 1000)).isEqualTo("[████████████████████] 100 %");
        assertThat(Bar.of(2000, 1000)).as("a total that was too low").endsWith("99 %");
        assertThat(Bar.percent(Long.MAX_VALUE / 4, Long.MAX_VALUE / 2)).isBetween(49, 50);
        assertThat(Bar.of(0, 0)).endsWith("100 %");
    }

    @Test
    void numbers_read_as_people_say_them() {
        assertThat(Measure.time(Duration.ofSeconds(59))).isEqualTo("59s");
        assertThat(Measure.time(Duration.ofSeconds(200))).isEqualTo("3m20s");
        assertThat(Measure.time(Duration.ofHours(47))).isEqualTo("47h");
        assertThat(Measure.time(Duration.ofDays(3))).isEqualTo("3d");
        assertThat(Measure.time(Duration.ofSeconds(-5))).as("clocks differ").isEqualTo("0s");
        assertThat(Measure.bytes(1023)).isEqualTo("1023 bytes");
        assertThat(Measure.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(Measure.bytes(3L << 40)).isEqualTo("3.0 TiB");
    }
}
