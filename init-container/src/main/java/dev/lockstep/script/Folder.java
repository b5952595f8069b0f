package dev.lockstep.script;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Reads the `.sql` and `.conf` files below a folder. Files and folders whose name begins with a dot are left
/// out: a
/// mounted
/// ConfigMap keeps its own bookkeeping in them.
public final class Folder {
    private Folder() {}

    /// @return path below `root` with `/` → text without byte order mark
    /// @throws Refusal [Code#FilesMissing] or, for bytes that are no UTF-8, [Code#ScriptInvalid]
    public static Map<String, String> read(Path root) throws Refusal {
        if (!Files.isDirectory(root)) {
            throw new Refusal(
                    Code.FilesMissing,
                    root.toString(),
                    "there is no such folder",
                    "name the migrations folder with --migrations");
        }
        var files = new TreeMap<String, String>();
        for (var path : list(root)) {
            var name = root.relativize(path).toString().replace('\\', '/');
            files.put(name, decode(name, bytes(path)));
        }
        return files;
    }

    private static List<Path> list(Path root) throws Refusal {
        try (var walk = Files.walk(root)) {
            return walk.filter(path -> concerns(root.relativize(path)) && Files.isRegularFile(path))
                    .toList();
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    private static boolean concerns(Path path) {
        var name = path.toString().toLowerCase(Locale.ROOT);
        for (var part : path) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        return name.endsWith(".sql") || name.endsWith(".sql.conf");
    }

    private static byte[] bytes(Path path) throws Refusal {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static String decode(String name, byte[] bytes) throws Refusal {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Refusal(
                    Code.ScriptInvalid,
                    name + ":1",
                    "the file is not UTF-8",
                    "convert it, for example with iconv -t UTF-8");
        }
    }

    private static Refusal unreadable(Path path, IOException e) {
        return new Refusal(
                Code.FilesMissing,
                path.toString(),
                "cannot be read (" + e.getClass().getSimpleName() + ")",
                "check its permissions");
    }
}
