package dev.lockstep.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A table as a script names it.
///
/// @param schema empty: the one that the run is in
public record TableName(Optional<Identifier> schema, Identifier name) {
    /// PostgreSQL cuts longer names off, and two of them might become one.
    private static final int BYTES_MAX = 63;

    public String sql() {
        return beside(name);
    }

    /// Something of this name in the table's schema.
    String beside(Identifier other) {
        return schema.map(place -> place.sql() + ".").orElse("") + other.sql();
    }

    /// A name for what serves this column as long as the recipe lasts.
    ///
    /// @param prefix tells it from other such things
    Identifier serving(String prefix, Identifier column, String suffix) {
        var whole = name.name() + "_" + column.name();
        int space = BYTES_MAX - prefix.length() - suffix.length();
        if (whole.getBytes(StandardCharsets.UTF_8).length <= space) {
            return new Identifier(prefix + whole + suffix);
        }
        var hash = "_%08x".formatted(whole.hashCode());
        return new Identifier(prefix + start(whole, space - hash.length()) + hash + suffix);
    }

    private static String start(String text, int bytes) {
        int end = text.length();
        while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytes) {
            end--;
        }
        return text.substring(0, end);
    }
}
