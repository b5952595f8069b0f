package dev.lockstep.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `Batch:`: the script's one statement runs again and again, each time for the next rows of a table by its key, in a
/// transaction of its own.
///
/// @param table that is walked, as the statement names it
/// @param alias that the statement gives it
/// @param key columns of a unique key, in its order; empty: the primary key; `ctid`: page by page
/// @param rows at most so many at once; absent: as the run is told
/// @param pause between two; absent: as the run is told
public record Batch(
        String table, Optional<String> alias, List<String> key, Optional<Integer> rows, Optional<Duration> pause) {
    /// What the statement says where the range belongs.
    public static final String MARKER = "${batch}";

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*|\"[^\"]+\"");
    private static final Pattern TABLE = Pattern.compile("(?:(?:" + NAME + ")\\.)?(?:" + NAME + ")");
    private static final Pattern ROWS = Pattern.compile("[1-9]\\d{0,6}");

    public Batch {
        key = List.copyOf(key);
    }

    /// @return absent for what cannot be read
    static Optional<Batch> parse(String text) {
        var table = Optional.<String>empty();
        var alias = Optional.<String>empty();
        List<String> key = List.of();
        var rows = Optional.<Integer>empty();
        var pause = Optional.<Duration>empty();
        boolean good = true;
        for (var word : text.strip().split("\\s+", -1)) {
            var value = word.substring(word.indexOf('=') + 1);
            switch (word.substring(0, Math.max(0, word.indexOf('=')))) {
                case "table" ->
                    table = Optional.of(value).filter(it -> TABLE.matcher(it).matches());
                case "alias" -> alias = Optional.of(value);
                case "key" -> key = new ArrayList<>(Arrays.asList(value.split(",", -1)));
                case "rows" -> {
                    rows = rows(value);
                    good &= rows.isPresent();
                }
                case "pause" -> {
                    pause = Durations.parse(value);
                    good &= pause.isPresent();
                }
                default -> table = Optional.empty();
            }
        }
        good &= Stream.concat(alias.stream(), key.stream()).allMatch(NAME.asMatchPredicate());
        return table.isEmpty() || !good
                ? Optional.empty()
                : Optional.of(new Batch(table.get(), alias, key, rows, pause));
    }

    /// @return absent for what is no number from one to ten millions
    public static Optional<Integer> rows(String text) {
        return Optional.of(text).filter(it -> ROWS.matcher(it).matches()).map(Integer::valueOf);
    }

    private static boolean saysMore(String text) {
        var where = text.toLowerCase(Locale.ROOT).replaceFirst("(?s).*\\bwhere\\b", "");
        return !where.replace(MARKER, "").replaceAll("\\band\\b|[\\s();]", "").isEmpty();
    }

    /// What keeps the statement from being run so; absent if nothing does.
    Optional<String> misfit(List<Statement> statements, String text) {
        if (statements.size() != 1) {
            return Optional.of("has " + statements.size() + " statements; a batch is one");
        }
        var first = statements.getFirst().tokens().getFirst().text();
        if (!List.of("update", "delete", "insert", "with").contains(first)) {
            return Optional.of("begins with " + first + "; a batch updates, deletes or inserts");
        }
        if (key.equals(List.of("ctid")) && !saysMore(text)) {
            return Optional.of("says nothing in its WHERE but " + MARKER
                    + ", and by key=ctid a row may be met twice; leave out the rows that are done");
        }
        int at = text.indexOf(MARKER);
        return at >= 0 && text.indexOf(MARKER, at + 1) < 0
                ? Optional.empty()
                : Optional.of("must have " + MARKER + " once, as a condition of its WHERE");
    }
}
