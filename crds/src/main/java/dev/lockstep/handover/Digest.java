package dev.lockstep.handover;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// The fingerprint of a set of files, the same on both sides of an Order.
public final class Digest {
    private Digest() {}

    /// Lower-case hex SHA-256 over names and contents in the order of the names; lengths go in too, so that no
    /// two sets
    /// of files read alike.
    ///
    /// @param files relative path with `/` → content
    public static String of(Map<String, String> files) {
        var sha = sha256();
        new TreeMap<>(files).forEach((name, content) -> {
            add(sha, name);
            add(sha, content);
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void add(MessageDigest sha, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
