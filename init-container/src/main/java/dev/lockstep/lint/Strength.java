package dev.lockstep.lint;

import java.util.Locale;

/// PostgreSQL's table locks, weakest first.
/// Source: PostgreSQL documentation, "Table-Level Locks".
public enum Strength {
    ACCESS_SHARE,
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    EXCLUSIVE,
    ACCESS_EXCLUSIVE;

    /// As the documentation writes it.
    public String words() {
        return name().replace('_', ' ');
    }

    /// As `pg_locks` writes it, in lower case.
    public String mode() {
        return name().replace("_", "").toLowerCase(Locale.ROOT) + "lock";
    }
}
