package dev.lockstep.handover;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How far a run is: one line of JSON in the log of a runner that carries an [Order] out, as a backup or a step begins,
/// at most every two seconds while a batch walks, and when a batch or the last step has ended. The last such line
/// counts.
///
/// @param work absent from a runner that does not say it, or says what this operator does not know
/// @param step the one at work, or the last that was; from 1; 0 before the first
/// @param steps of the plan, without those that are held; 0 before the first
/// @param rows that this step's batch has covered, earlier runs included; 0 for a step that is no batch
/// @param rowsTotal about so many are in the batch's table; absent: not known
/// @param rowsPerSecond in this run; absent: not measured yet
/// @param etaSeconds until this step's batch ends, at that speed; absent: not known
/// @param lagSeconds so far behind is a replica for which the batch waits; absent: it does not wait
public record Progress(
        Optional<Work> work,
        int step,
        int steps,
        long rows,
        OptionalLong rowsTotal,
        OptionalLong rowsPerSecond,
        OptionalLong etaSeconds,
        OptionalLong lagSeconds) {

    /// What is done now.
    public enum Work {
        Saving(1),
        Expanding(2),
        Migrating(3),
        Contracting(4),
        TakingBack(5);

        /// On the line, for ever.
        private final int number;

        Work(int number) {
            this.number = number;
        }

        private static Optional<Work> of(long number) {
            return Arrays.stream(values()).filter(it -> it.number == number).findFirst();
        }
    }

    /// A backup begins.
    public static final Progress SAVING = at(Work.Saving, 0, 0);

    /// A field of the line, by which it is told from all others; its value is the version of this format.
    private static final String MARK = "progress";

    /// A newer runner may say more, in numbers.
    private static final Pattern LINE = Pattern.compile("\\{\"" + MARK + "\":1(?:,\"\\w+\":\\d{1,18})*}");

    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(\\d+)");

    /// A step begins.
    public static Progress at(Work work, int step, int steps) {
        var none = OptionalLong.empty();
        return new Progress(Optional.of(work), step, steps, 0, none, none, none, none);
    }

    /// The same, while a replica is waited for.
    public Progress behind(long seconds) {
        return new Progress(work, step, steps, rows, rowsTotal, rowsPerSecond, etaSeconds, OptionalLong.of(seconds));
    }

    /// As it stands in the log.
    public String line() {
        var fields = new LinkedHashMap<String, Long>();
        fields.put(MARK, 1L);
        work.ifPresent(it -> fields.put("work", (long) it.number));
        fields.put("step", (long) step);
        fields.put("steps", (long) steps);
        fields.put("rows", rows);
        rowsTotal.ifPresent(it -> fields.put("rowsTotal", it));
        rowsPerSecond.ifPresent(it -> fields.put("rowsPerSecond", it));
        etaSeconds.ifPresent(it -> fields.put("etaSeconds", it));
        lagSeconds.ifPresent(it -> fields.put("lagSeconds", it));
        return fields.entrySet().stream()
                .map(it -> "\"" + it.getKey() + "\":" + it.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// @return absent for a line that tells something else
    public static Optional<Progress> read(String line) {
        var text = line.strip();
        if (!LINE.matcher(text).matches()) {
            return Optional.empty();
        }
        var fields = FIELD.matcher(text)
                .results()
                .collect(Collectors.toMap(it -> it.group(1), it -> Long.parseLong(it.group(2)), (first, last) -> last));
        return Optional.of(new Progress(
                Work.of(number(fields, "work").orElse(0)),
                (int) number(fields, "step").orElse(0),
                (int) number(fields, "steps").orElse(0),
                number(fields, "rows").orElse(0),
                number(fields, "rowsTotal"),
                number(fields, "rowsPerSecond"),
                number(fields, "etaSeconds"),
                number(fields, "lagSeconds")));
    }

    private static OptionalLong number(Map<String, Long> fields, String name) {
        return fields.containsKey(name) ? OptionalLong.of(fields.getOrDefault(name, 0L)) : OptionalLong.empty();
    }
}
