package dev.lockstep.rebuild;

import java.util.Set;

/// Types that hold numbers and nothing else in every database. SQLite itself would leave a word in such a column.
final class Numbers {
    private static final Set<String> WHOLE =
            Set.of("int", "integer", "smallint", "bigint", "int2", "int4", "int8", "tinyint", "mediumint");
    private static final Set<String> FRACTION =
            Set.of("numeric", "decimal", "real", "double", "float", "float4", "float8");

    private Numbers() {}

    static boolean whole(String type) {
        return WHOLE.contains(first(type));
    }

    static boolean number(String type) {
        return whole(type) || FRACTION.contains(first(type));
    }

    private static String first(String type) {
        return Names.fold(Cursor.of(type).peek().text());
    }
}
