package dev.lockstep.script;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/// A script's own settings, in the file beside it.
///
/// @param inTransaction absent: decided by the statements
/// @param replacing absent: as for all scripts
record Conf(Optional<Boolean> inTransaction, Optional<Boolean> replacing) {
    static final Conf NONE = new Conf(Optional.empty(), Optional.empty());

    /// @param file name of the `.conf` file
    /// @throws Refusal a setting that Lockstep does not follow
    static Conf read(String file, String text) throws Refusal {
        var settings = settings(text);
        for (var name : settings.stringPropertyNames()) {
            var value = settings.getProperty(name, "").strip();
            switch (name) {
                case "executeInTransaction", "placeholderReplacement" -> refuseUnlessBoolean(file, name, value);
                case "encoding" -> refuseUnlessUtf8(file, value);
                default ->
                    throw new Refusal(
                            Code.ScriptInvalid,
                            file + ":1",
                            name + " is not supported",
                            "delete the line; known are executeInTransaction, placeholderReplacement and encoding");
            }
        }
        return new Conf(flag(settings, "executeInTransaction"), flag(settings, "placeholderReplacement"));
    }

    private static Properties settings(String text) {
        var settings = new Properties();
        try {
            settings.load(new StringReader(text.replace("\\", "\\\\")));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return settings;
    }

    private static void refuseUnlessBoolean(String file, String name, String value) throws Refusal {
        if (!value.toLowerCase(Locale.ROOT).matches("true|false")) {
            throw new Refusal(
                    Code.ScriptInvalid, file + ":1", name + " is neither true nor false", "write one of both");
        }
    }

    private static void refuseUnlessUtf8(String file, String value) throws Refusal {
        if (!value.equalsIgnoreCase("UTF-8")) {
            throw new Refusal(
                    Code.ScriptInvalid,
                    file + ":1",
                    "encoding " + value + " is not supported",
                    "convert the script to UTF-8, for example with iconv -t UTF-8");
        }
    }

    private static Optional<Boolean> flag(Properties settings, String name) {
        return Optional.ofNullable(settings.getProperty(name)).map(value -> Boolean.valueOf(value.strip()));
    }

    /// What Flyway is told: placeholders are replaced before it sees the script.
    Optional<String> forFlyway() {
        return inTransaction.map(word -> "executeInTransaction=" + word + "\n");
    }
}
