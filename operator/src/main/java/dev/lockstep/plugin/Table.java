package dev.lockstep.plugin;

import dev.lockstep.resource.Condition;
import dev.lockstep.resource.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Many resources, a line each.
final class Table {
    private static final List<String> TITLES =
            List.of("NAMESPACE", "NAME", "READY", "STAGE", "REVISION", "TARGET", "PROGRESS", "REASON");

    private Table() {}

    /// @param wide with the namespaces
    static List<String> lines(List<Standing> all, boolean wide, Paint paint) {
        var rows = new ArrayList<>(List.of(TITLES));
        all.stream()
                .sorted(Comparator.comparing(Standing::path))
                .map(Table::row)
                .forEach(rows::add);
        int from = wide ? 0 : 1;
        var widths = IntStream.range(0, TITLES.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, from, widths, paint)).toList();
    }

    private static List<String> row(Standing it) {
        var status = it.status();
        var ready = it.condition("Ready").map(Condition::status).orElse("Unknown");
        return Stream.of(
                        it.namespace(),
                        it.name(),
                        it.isAnswered() ? ready : "Unknown",
                        status.map(Status::stage).map(Enum::name).orElse("-"),
                        status.map(Status::revision).orElse("-"),
                        status.map(Status::targetRevision).orElse("-"),
                        progress(it).orElse("-"),
                        it.isAnswered() ? it.reason() : "not answered yet")
                .map(Plain::of)
                .toList();
    }

    private static Optional<String> progress(Standing it) {
        return it.run().map(Status.Run::progress).map(walk -> {
            var step = walk.step() + "/" + walk.steps();
            return walk.rows() == null || walk.rowsTotal() == null || walk.rows() == 0
                    ? step
                    : step + " " + Bar.percent(walk.rows(), walk.rowsTotal()) + "%";
        });
    }

    private static String line(List<String> row, int from, int[] widths, Paint paint) {
        var line = new StringBuilder();
        for (int column = from; column < row.size(); column++) {
            var cell = row.get(column);
            line.append(column == 2 ? ready(cell, paint) : cell);
            if (column < row.size() - 1) line.repeat(" ", widths[column] - cell.length() + 3);
        }
        return line.toString();
    }

    private static String ready(String cell, Paint paint) {
        return switch (cell) {
            case "True" -> paint.good(cell);
            case "False" -> paint.bad(cell);
            case "Unknown" -> paint.odd(cell);
            default -> cell;
        };
    }
}
