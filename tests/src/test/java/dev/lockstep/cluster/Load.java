package dev.lockstep.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/// What an app saw that reads a table at a steady pace, a hundred times a second.
///
/// @param done how many requests were answered
/// @param late how many took longer than the limit, counted from the moment at which they were due
record Load(int done, int late) {
    private static final Pattern DONE = Pattern.compile("actually processed: (\\d+)");
    private static final Pattern LATE = Pattern.compile("latency limit: (\\d+)/");
    private static final Pattern SKIPPED = Pattern.compile("skipped: (\\d+)");

    /// A session that has waited as long for a lock says so in the server's log; see [PostgresPod#longWaits].
    private static final int WAIT_MILLIS_MAX = 250;

    /// Begins it in the database's own pod.
    ///
    /// @param table has a thousand rows
    static CompletableFuture<Load> begin(PodDatabase database, String table, int limitMillis, int seconds) {
        var script = "\\set id random(1, 1000)\nSELECT n FROM %s WHERE id = :id;".formatted(table);
        var command = """
                printf '%%s\\n' "$0" >/tmp/%1$s.sql
                PGOPTIONS='-c deadlock_timeout=%2$d' exec pgbench --no-vacuum --client=24 --rate=100 --time=%3$d \\
                  --latency-limit=%4$d --file=/tmp/%1$s.sql --host=/tmp --username=postgres %5$s 2>&1
                """.formatted(table, WAIT_MILLIS_MAX, seconds, limitMillis, database.name());
        return PodDatabase.later(() -> database.server().run("bash", "-c", command, script))
                .thenApply(Load::of);
    }

    private static Load of(String said) {
        return new Load(number(DONE, said), number(LATE, said) + number(SKIPPED, said));
    }

    private static int number(Pattern pattern, String said) {
        var found = pattern.matcher(said);
        if (!found.find()) throw new AssertionError("no " + pattern + " in:\n" + said);
        return Integer.parseInt(found.group(1));
    }
}
