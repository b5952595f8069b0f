package dev.lockstep.runner;

import dev.lockstep.dialect.Address;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/// The values of Flyway's own placeholders, all but the script's name.
/// Source: flyway-core 13.12.0, `ParsingContext`; held by a test beside Flyway's own API.
final class BuiltIns {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private BuiltIns() {}

    /// Name without `flyway:` → value. A name that the database has no value for is not there.
    static Map<String, String> of(Address address, Instant now) {
        var values = new HashMap<String, String>();
        values.put("table", address.history());
        values.put("environment", "default");
        values.put("timestamp", TIMESTAMP.format(now.atZone(ZoneId.systemDefault())));
        values.put("workingDirectory", Path.of("").toAbsolutePath().toString());
        switch (address) {
            case Address.Postgresql postgresql -> {
                values.put("defaultSchema", postgresql.schema());
                values.put("database", postgresql.database());
                values.put("user", postgresql.role().orElse(postgresql.user()));
            }
            case Address.Sqlite sqlite -> {
                values.put("defaultSchema", "main");
                values.put("user", "");
            }
        }
        return values;
    }
}
