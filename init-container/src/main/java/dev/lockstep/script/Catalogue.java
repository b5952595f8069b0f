package dev.lockstep.script;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// All scripts of a project, as they hold for one database.
///
/// @param scripts in the order of their files' names
/// @param callbacks in the order of their files' names
/// @param warnings files that look like scripts and are not run, lines that look like a header's, one line each
public record Catalogue(List<Script> scripts, List<Callback> callbacks, List<String> warnings) {
    private static final Set<String> VENDORS = Set.of("postgresql", "sqlite");

    public Catalogue {
        scripts = List.copyOf(scripts);
        callbacks = List.copyOf(callbacks);
        warnings = List.copyOf(warnings);
    }

    /// The same for a project that keeps to Flyway's defaults.
    public static Catalogue of(Map<String, String> files, String vendor) throws Refusal {
        return of(files, vendor, Conventions.FLYWAY);
    }

    /// Reads the files of a folder.
    ///
    /// @param files path below the folder with `/` → text
    /// @param vendor `postgresql` or `sqlite`: that folder overrides or extends what lies beside it, the other is
    /// left out
    /// @throws Refusal [Code#ScriptInvalid] with file and line
    public static Catalogue of(Map<String, String> files, String vendor, Conventions conventions) throws Refusal {
        var reading = new Reading(conventions, files);
        var scripts = new ArrayList<Script>();
        var callbacks = new ArrayList<Callback>();
        var warnings = new ArrayList<String>();
        for (var file : new TreeMap<>(files).keySet()) {
            var simple = file.substring(file.lastIndexOf('/') + 1);
            if (conventions.naming().suffix(simple).isEmpty() || !concerns(file, vendor)) {
                continue;
            }
            switch (conventions.naming().name(simple)) {
                case Name.OfScript name -> {
                    scripts.add(reading.script(file, name));
                    warnings.addAll(reading.doubts(file));
                }
                case Name.OfCallback name
                when Moment.isElsewhere(name.event()) ->
                    warnings.add(file + ": is not run; Flyway runs it for other commands than migrate");
                case Name.OfCallback name -> callbacks.add(reading.callback(file, name));
                case Name.Nobodys name when name.meant() -> throw misnamed(file, conventions.naming());
                case Name.Nobodys name -> warnings.add(passedOver(file));
            }
        }
        return new Catalogue(unique(scripts, vendor), uniqueCallbacks(callbacks), warnings);
    }

    private static boolean concerns(String file, String vendor) {
        var folder = file.contains("/") ? file.substring(0, file.indexOf('/')) : "";
        return !VENDORS.contains(folder) || folder.equals(vendor);
    }

    private static String passedOver(String file) {
        return file + ": is not run; a script's name begins with V, B, U or R in capitals and its version is numeric";
    }

    private static Refusal misnamed(String file, Naming naming) {
        return new Refusal(
                Code.ScriptInvalid,
                file + ":1",
                "the name is not " + naming.shape(),
                "rename the file; a version is numbers between dots or underscores");
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

    private static List<Callback> uniqueCallbacks(List<Callback> callbacks) throws Refusal {
        var kept = new TreeMap<String, Callback>();
        for (var callback : callbacks) {
            var other = kept.put(callback.event() + " " + callback.description(), callback);
            if (other != null) {
                throw new Refusal(
                        Code.ScriptInvalid,
                        callback.file() + ":1",
                        "the callback is also " + other.file(),
                        "give one of both another description");
            }
        }
        return callbacks;
    }
}
