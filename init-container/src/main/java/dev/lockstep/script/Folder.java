package dev.lockstep.script;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads the scripts below folders, and the `.conf` files beside them. Files and folders whose name begins with a dot
/// are left out: a mounted ConfigMap keeps its own bookkeeping in them.
public final class Folder {
    private static final Set<String> CODE = Set.of(".java", ".kt", ".class", ".groovy", ".scala");
    private static final Set<String> PROGRAMS = Set.of(".sh", ".bash", ".ps1", ".bat", ".cmd", ".py");

    private Folder() {}

    /// One folder whose files have Flyway's default names.
    public static Map<String, String> read(Path root) throws Refusal {
        return read(List.of(root), Naming.FLYWAY);
    }

    /// @return path below its folder with `/` → text
    /// @throws Refusal [Code#FilesMissing] or, for bytes that are no UTF-8, [Code#ScriptInvalid]
    public static Map<String, String> read(List<Path> roots, Naming naming) throws Refusal {
        var files = new TreeMap<String, String>();
        for (var root : roots) {
            for (var path : list(root)) {
                var name = root.relativize(path).toString().replace('\\', '/');
                refuseCode(name, naming);
                if (naming.concerns(simple(name)) && files.put(name, decode(name, bytes(path), naming)) != null) {
                    throw twice(name);
                }
            }
        }
        return files;
    }

    /// Every file of a folder, script or not: what a digest was made of.
    ///
    /// @return path below the folder with `/` → text
    public static Map<String, String> everything(Path root) throws Refusal {
        var files = new TreeMap<String, String>();
        for (var path : list(root)) {
            var name = root.relativize(path).toString().replace('\\', '/');
            files.put(name, new String(bytes(path), StandardCharsets.UTF_8));
        }
        return files;
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static Refusal twice(String name) {
        return new Refusal(
                Code.ScriptInvalid, name + ":1", "two of the folders have a file of this name", "rename one of both");
    }

    private static List<Path> list(Path root) throws Refusal {
        if (!Files.isDirectory(root)) {
            throw new Refusal(
                    Code.FilesMissing,
                    root.toString(),
                    "there is no such folder",
                    "name the migrations folder with --migrations");
        }
        try (var walk = Files.walk(root)) {
            return walk.filter(path -> !isHidden(root.relativize(path)) && Files.isRegularFile(path))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(root);
        }
    }

    private static boolean isHidden(Path path) {
        for (var part : path) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /// A migration that is a program would be missing from the plan without a word.
    private static void refuseCode(String name, Naming naming) throws Refusal {
        int dot = name.lastIndexOf('.');
        var ending = dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
        if (!CODE.contains(ending) && !PROGRAMS.contains(ending)) {
            return;
        }
        if (naming.name(simple(name.substring(0, dot))) instanceof Name.OfScript) {
            throw new Refusal(
                    Code.ScriptInvalid,
                    name + ":1",
                    (CODE.contains(ending)
                                    ? "a migration in Java or another language"
                                    : "a migration that is a program")
                            + " is not supported",
                    "write it as SQL, or move the file out of the folder");
        }
    }

    private static byte[] bytes(Path path) throws Refusal {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw unreadable(path);
        }
    }

    /// A file that is no script may be written as it likes.
    private static String decode(String name, byte[] bytes, Naming naming) throws Refusal {
        boolean strict = !(naming.name(simple(name)) instanceof Name.Nobodys) || name.endsWith(".conf");
        var onError = strict ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(onError)
                    .onUnmappableCharacter(onError)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (strict && text.indexOf('\0') >= 0) {
                throw new CharacterCodingException();
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new Refusal(
                    Code.ScriptInvalid,
                    name + ":1",
                    "the file is not UTF-8",
                    "convert it, for example with iconv -t UTF-8");
        }
    }

    private static Refusal unreadable(Path path) {
        return new Refusal(Code.FilesMissing, path.toString(), "cannot be read", "check its permissions");
    }
}
