package dev.lockstep.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Texts as a tar.gz. Source of the header's form: POSIX.1-2024, "pax", ustar Interchange Format.
final class Archive {
    private static final int BLOCK = 512;
    private static final int NAME_MAX = 100;

    /// Over which the sum is made, taken for blanks while it is.
    private static final int SUM_AT = 148;

    private Archive() {}

    /// @param texts path of at most 100 bytes → content; told in this order
    static byte[] of(Map<String, String> texts, Instant at) {
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            for (var text : texts.entrySet()) add(text.getKey(), text.getValue().getBytes(UTF_8), at, packed);
            packed.write(new byte[2 * BLOCK]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(String name, byte[] content, Instant at, OutputStream out) throws IOException {
        out.write(header(name, content.length, at));
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static byte[] header(String name, int size, Instant at) {
        var header = new byte[BLOCK];
        if (name.getBytes(UTF_8).length > NAME_MAX) throw new IllegalArgumentException(name);
        put(header, 0, name);
        put(header, 100, "0000600");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, octal(size));
        put(header, 136, octal(at.getEpochSecond()));
        put(header, SUM_AT, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte it : header) sum += it & 0xff;
        put(header, SUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    private static String octal(long number) {
        return String.format(Locale.ROOT, "%011o", number);
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
