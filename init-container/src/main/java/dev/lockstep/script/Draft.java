package dev.lockstep.script;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A script that is yet to be written.
///
/// @param message what it does; becomes the file's description
/// @param alias the name that people use
/// @param revises names of its parents; empty for a first one
/// @param content what stands below the header
public record Draft(
        String message,
        String alias,
        List<String> revises,
        List<String> depends,
        Optional<String> label,
        Instant created,
        Content content) {
    private static final int DESCRIPTION_MAX = 60;

    /// A version of so many digits is a time.
    private static final int STAMP = 14;

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    /// What a script does and in what order to deploy, where that is known already.
    ///
    /// @param phase empty: decided by the statements
    /// @param breaking in what order to deploy
    /// @param up statements
    /// @param down statements that take it back
    public record Content(Optional<Phase> phase, Optional<String> breaking, String up, String down) {
        /// Left to a person.
        public static final Content NONE = new Content(Optional.empty(), Optional.empty(), "", "");
    }

    /// `V<version>__<description>.sql`, as the project names its files.
    public String file(Naming naming, Version version) {
        return naming.versioned() + rest(naming, version);
    }

    /// `U<version>__<description>.sql`.
    public String downFile(Naming naming, Version version) {
        return naming.undo() + rest(naming, version);
    }

    private String rest(Naming naming, Version version) {
        return version + naming.separator() + description() + naming.suffixes().getFirst();
    }

    private String description() {
        var plain = message.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "_")
                .replaceAll("^_+|_+$", "");
        return plain.isEmpty() ? "script" : plain.substring(0, Math.min(plain.length(), DESCRIPTION_MAX));
    }

    /// The whole file.
    public String text() {
        var text = new StringBuilder();
        message.lines().forEach(line -> text.append("-- ").append(line).append('\n'));
        text.append("--\n");
        line(text, "Revision", alias);
        line(text, "Revises", revises.isEmpty() ? "base" : String.join(", ", revises));
        if (!depends.isEmpty()) {
            line(text, "Depends", String.join(", ", depends));
        }
        label.ifPresent(name -> line(text, "Label", name));
        line(text, "Created", created.truncatedTo(ChronoUnit.SECONDS).toString());
        content.phase().ifPresent(phase -> line(text, "Phase", phase.word()));
        content.breaking().ifPresent(order -> line(text, "Breaking", order));
        return text.append('\n').append(content.up()).toString();
    }

    /// The file that takes it back.
    public String downText() {
        return "-- Takes back: " + message.lines().findFirst().orElse("") + "\n\n" + content.down();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("-- ").append(key).append(": ").append(value).append('\n');
    }

    /// The next version in the fashion of those that are there: counted on, or a time.
    public Version version(Optional<Version> newest) {
        var now = new Version(SECONDS.format(created));
        if (newest.isEmpty()) {
            return now;
        }
        var last = newest.get().text();
        boolean stamps = !last.contains(".") && last.length() >= STAMP;
        return stamps && now.compareTo(newest.get()) > 0 ? now : counted(last);
    }

    /// The last part plus one, with as many digits.
    private static Version counted(String last) {
        int dot = last.lastIndexOf('.');
        var part = last.substring(dot + 1);
        var next = new BigInteger(part).add(BigInteger.ONE).toString();
        return new Version(last.substring(0, dot + 1) + "0".repeat(Math.max(0, part.length() - next.length())) + next);
    }
}
