package dev.lockstep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Definitions in which a table's columns stand by name: no database puts a column that comes back anywhere but last.
final class Columns {
    private static final Pattern TABLE = Pattern.compile("(?i)create (unlogged |foreign )?table .*\\(");

    private Columns() {}

    /// @param definitions a line for each column or constraint of a table, as pg_dump writes them
    static List<String> byName(List<String> definitions) {
        var lines = new ArrayList<String>();
        var table = new ArrayList<String>();
        boolean inside = false;
        for (var line : definitions) {
            if (inside && line.startsWith(")")) {
                table.stream().sorted().forEach(lines::add);
                table.clear();
                inside = false;
            }
            (inside ? table : lines).add(inside ? line.replaceFirst(",$", "") : line);
            inside |= TABLE.matcher(line).matches();
        }
        lines.addAll(table);
        return lines;
    }
}
