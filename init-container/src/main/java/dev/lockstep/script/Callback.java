package dev.lockstep.script;

import java.util.Optional;
import java.util.Set;

/// A script that Flyway runs at a moment of a migration, without a row in the history.
///
/// @param event Flyway's word for the moment
/// @param description orders the callbacks of one moment
/// @param file path below the migrations folder, with `/`
/// @param text decoded, placeholders replaced
/// @param conf for Flyway
public record Callback(String event, String description, String file, String text, Optional<String> conf) {
    private static final Set<String> ONLY_WITH_STEPS =
            Set.of("beforeEachMigrate", "afterEachMigrate", "beforeRepeatables", "afterMigrateApplied");

    /// Does Flyway run it even when there is nothing to migrate?
    public boolean always() {
        return !ONLY_WITH_STEPS.contains(event);
    }
}
