package dev.lockstep.script;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// All scripts of one migrations folder, as they hold for one database.
///
/// @param scripts in the order of their files' names
/// @param warnings files that look like scripts and are none, one line each
public record Catalogue(List<Script> scripts, List<String> warnings) {
    private static final Set<String> VENDORS = Set.of("postgresql", "sqlite");

    public Catalogue {
        scripts = List.copyOf(scripts);
        warnings = List.copyOf(warnings);
    }

    /// Reads the files of a folder.
    ///
    /// @param files path below the folder with `/` → text
    /// @param vendor `postgresql` or `sqlite`: that folder overrides or extends what lies beside it, the other is
    /// left
    /// out
    /// @throws Refusal [Code#ScriptInvalid] with file and line
    public static Catalogue of(Map<String, String> files, String vendor) throws Refusal {
        var scripts = new ArrayList<Script>();
        var warnings = new ArrayList<String>();
        for (var entry : new TreeMap<>(files).entrySet()) {
            var name = entry.getKey();
            if (name.toLowerCase(Locale.ROOT).endsWith(".sql") && concerns(name, vendor)) {
                var conf = Optional.ofNullable(files.get(name + ".conf"));
                script(name, entry.getValue(), conf)
                        .ifPresentOrElse(scripts::add, () -> warnings.add(passedOver(name)));
            }
        }
        return new Catalogue(unique(scripts, vendor), warnings);
    }

    private static boolean concerns(String file, String vendor) {
        var folder = file.contains("/") ? file.substring(0, file.indexOf('/')) : "";
        return !VENDORS.contains(folder) || folder.equals(vendor);
    }

    private static String passedOver(String file) {
        return file + ": is not run; a script's name begins with V, U or R in capitals and its version is numeric";
    }

    private static Optional<Script> script(String file, String text, Optional<String> conf) throws Refusal {
        var simple = file.substring(file.lastIndexOf('/') + 1);
        var parsed = Name.parse(simple);
        if (parsed.isEmpty() && Name.meant(simple)) {
            throw new Refusal(
                    Code.ScriptInvalid,
                    file + ":1",
                    "the name is not V<version>__<description>.sql, U<version>__<description>.sql or R__<description>.sql",
                    "rename the file; a version is numbers between dots or underscores, then two underscores");
        }
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        var name = parsed.get();
        return Optional.of(new Script(
                name.kind(),
                name.version(),
                name.description(),
                file,
                text,
                Checksum.of(text),
                HeaderReader.read(file, text),
                conf,
                Lexer.statements(text)));
    }

    private static List<Script> unique(List<Script> scripts, String vendor) throws Refusal {
        Map<Object, Script> kept = new LinkedHashMap<>();
        for (var script : scripts) {
            var key = key(script);
            var other = kept.get(key);
            if (other != null && special(script, vendor) == special(other, vendor)) {
                throw new Refusal(twice(script, other));
            }
            if (other == null || special(script, vendor)) {
                kept.put(key, script);
            }
        }
        return List.copyOf(kept.values());
    }

    private record Key(Kind kind, Object of) {}

    private static Key key(Script script) {
        return new Key(script.kind(), script.version().<Object>map(v -> v).orElse(script.description()));
    }

    private static boolean special(Script script, String vendor) {
        return script.file().startsWith(vendor + "/");
    }

    private static Failure twice(Script script, Script other) {
        var what = script.version().map(v -> "version " + v).orElse("repeatable '" + script.description() + "'");
        return new Failure(
                Code.ScriptInvalid,
                script.file() + ":1",
                what + " is also " + other.file(),
                "give one of both another version");
    }
}
