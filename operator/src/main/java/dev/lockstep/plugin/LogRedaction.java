package dev.lockstep.plugin;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A run's log without what the database has said of rows. Our own lines stay, and of the database's what names things:
/// a table, a column, a constraint. Quoted texts, numbers and details, which quote rows, do not.
///
/// Source of the forms: PostgreSQL 18, "Error Message Style Guide", which puts values into DETAIL and quotes them.
final class LogRedaction {
    /// Lines of the runner itself, which hold no word of the database.
    private static final Pattern OURS = Pattern.compile(
            "\\{\"progress\":.*|\\[\\d+/\\d+] .*|(backing up|backup|running|held:|approve with:|at revision|at base|waiting:).*"
                    + "| {6}(done in|waiting for|waiting:|attempt|\\d+ rows).*");

    private static final Pattern DETAIL = Pattern.compile(
            "^(\\s*)(Detail|DETAIL|Hint|HINT|Where|WHERE|Context|CONTEXT|Statement|Query|STATEMENT)\\b.*");

    private static final Pattern NAMED = Pattern.compile(
            "\\b(table|column|relation|constraint|index|schema|role|type|database|extension|function|sequence|trigger"
                    + "|view|language|user|of relation|domain|operator|tablespace) \"([^\"]*)\"");

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'|[\"'].*$");

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.:-])-?\\d+(\\.\\d+)?(?![\\w.:-])");

    private static final Pattern ROW = Pattern.compile("\\(.*\\)");

    private LogRedaction() {}

    static String of(String log) {
        return log.lines().map(LogRedaction::line).collect(Collectors.joining("\n", "", "\n"));
    }

    static String line(String line) {
        if (OURS.matcher(line).matches()) return line;
        var detail = DETAIL.matcher(line);
        if (detail.matches()) return detail.group(1) + detail.group(2) + ": " + Redaction.BLACK;
        var kept = NAMED.matcher(line).replaceAll("$1 \u0001$2\u0002");
        var blackened =
                ROW.matcher(QUOTED.matcher(kept).replaceAll(Redaction.BLACK)).replaceAll("(" + Redaction.BLACK + ")");
        return NUMBER.matcher(blackened)
                .replaceAll(Redaction.BLACK)
                .replace('\u0001', '"')
                .replace('\u0002', '"');
    }
}
