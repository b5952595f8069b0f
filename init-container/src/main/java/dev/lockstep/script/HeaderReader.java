package dev.lockstep.script;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a [Header] out of the comment lines that a script begins with. Lines that are no known key are prose.
final class HeaderReader {
    private static final Pattern LINE = Pattern.compile("--\\s*([A-Za-z][A-Za-z-]*):\\s*(.*?)\\s*");
    private static final Pattern KEYLIKE = Pattern.compile("--\\s*([A-Za-z][A-Za-z_-]*)\\s*:.*");
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Set<String> TARGETS = Set.of("head", "heads", "base");
    private static final Set<String> KEYS = Set.of(
            "revision",
            "revises",
            "depends",
            "label",
            "created",
            "phase",
            "transaction",
            "batch",
            "lock-timeout",
            "breaking",
            "lint-allow");

    private final String file;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private HeaderReader(String file) {
        this.file = file;
    }

    static Header read(String file, String text) throws Refusal {
        var reader = new HeaderReader(file);
        reader.collect(text.lines().toList());
        return reader.header();
    }

    private void collect(List<String> all) throws Refusal {
        for (int i = 0; i < all.size(); i++) {
            var line = all.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("--")) {
                return;
            }
            var match = LINE.matcher(line);
            if (match.matches() && KEYS.contains(match.group(1).toLowerCase(Locale.ROOT))) {
                keep(match.group(1).toLowerCase(Locale.ROOT), match.group(2), i + 1);
            }
        }
    }

    /// Lines that are prose and were perhaps meant for a key, each with its place. `Created:` has no effect, so it
    /// may be mistyped.
    static List<String> doubts(String file, String text) {
        var doubts = new ArrayList<String>();
        var meant = KEYS.stream().filter(key -> !key.equals("created")).toList();
        int line = 0;
        for (var written : text.lines().map(String::strip).toList()) {
            line++;
            if (!written.isEmpty() && !written.startsWith("--")) {
                break;
            }
            var match = KEYLIKE.matcher(written);
            var key = match.matches() ? match.group(1).toLowerCase(Locale.ROOT) : "";
            var near = key.isEmpty() || KEYS.contains(key) ? Optional.<String>empty() : Nearest.of(key, meant);
            if (near.isPresent()) {
                doubts.add(file + ":" + line + ": '" + match.group(1) + ":' is no key of a header and is passed over;"
                        + " perhaps '" + near.get() + ":' is meant");
            }
        }
        return doubts;
    }

    private void keep(String key, String value, int line) throws Refusal {
        lines.put(key, line);
        if (value.isEmpty()) {
            throw refuse(key, "has no value", "write one or delete the line");
        }
        if (values.put(key, value) != null) {
            throw refuse(key, "is written twice", "keep one");
        }
    }

    private Header header() throws Refusal {
        return new Header(
                alias("revision"),
                Optional.ofNullable(values.get("revises")).map(HeaderReader::parents),
                Optional.ofNullable(values.get("depends"))
                        .map(HeaderReader::names)
                        .orElse(List.of()),
                alias("label"),
                phase(),
                outsideTransaction(),
                lockTimeout(),
                Optional.ofNullable(values.get("breaking")),
                batch(),
                names(values.getOrDefault("lint-allow", "").toLowerCase(Locale.ROOT)));
    }

    private Optional<String> alias(String key) throws Refusal {
        var alias = Optional.ofNullable(values.get(key));
        if (alias.isPresent() && !ALIAS.matcher(alias.get()).matches()) {
            throw refuse(key, "is not a name: " + alias.get(), "use letters, digits, '.', '_' and '-', at most 64");
        }
        if (alias.filter(TARGETS::contains).isPresent()) {
            throw refuse(key, "is a word that targets have: " + alias.get(), "use another name");
        }
        return alias;
    }

    private static List<String> parents(String value) {
        return value.equalsIgnoreCase("base") ? List.of() : names(value);
    }

    private static List<String> names(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private Optional<Phase> phase() throws Refusal {
        var word = Optional.ofNullable(values.get("phase"));
        var phase = word.flatMap(Phase::parse);
        if (word.isPresent() && phase.isEmpty()) {
            throw refuse("phase", "is not a phase: " + word.get(), "write expand, migrate or contract");
        }
        return phase;
    }

    private boolean outsideTransaction() throws Refusal {
        var word = values.getOrDefault("transaction", "");
        if (!word.isEmpty() && !word.equalsIgnoreCase("none")) {
            throw refuse("transaction", "is unknown: " + word, "write none, or delete the line");
        }
        return !word.isEmpty();
    }

    private Optional<Duration> lockTimeout() throws Refusal {
        if (!values.containsKey("lock-timeout")) {
            return Optional.empty();
        }
        var word = values.getOrDefault("lock-timeout", "");
        var duration = Durations.parse(word);
        if (duration.filter(it -> !it.isZero()).isEmpty()) {
            throw refuse("lock-timeout", "is no duration from 1ms to 500h: " + word, "write for example 200ms or 2s");
        }
        return duration;
    }

    private Optional<Batch> batch() throws Refusal {
        var word = Optional.ofNullable(values.get("batch"));
        var batch = word.flatMap(Batch::parse);
        if (word.isPresent() && batch.isEmpty()) {
            throw refuse(
                    "batch",
                    "cannot be read: " + word.get(),
                    "write for example table=orders key=id rows=1000 pause=100ms; only table is required, and a pause is at most 500h");
        }
        return batch;
    }

    private Refusal refuse(String key, String message, String remedy) {
        return new Refusal(Code.ScriptInvalid, file + ":" + lines.get(key), "header '" + key + "' " + message, remedy);
    }
}
