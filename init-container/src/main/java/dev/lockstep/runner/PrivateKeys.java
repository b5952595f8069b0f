package dev.lockstep.runner;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Private keys in PEM as issuers write them: PKCS#8 (RFC 5958), PKCS#1 for RSA (RFC 8017), SEC 1 for elliptic curves
/// (RFC 5915). The driver takes PKCS#8 alone, which is the two others in a wrapping that names the algorithm.
final class PrivateKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500"); // rsaEncryption, NULL
    private static final byte[] ELLIPTIC = HexFormat.of().parseHex("06072a8648ce3d0201"); // id-ecPublicKey
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xA0;
    private static final int LONG = 0x80;

    private PrivateKeys() {}

    /// PKCS#8 in DER; absent for what is no key, or one with a passphrase.
    static Optional<byte[]> pkcs8(String pem) {
        var block = PEM.matcher(pem);
        if (!block.find()) return Optional.empty();
        try {
            var der = Base64.getMimeDecoder().decode(block.group(2));
            return switch (block.group(1)) {
                case "RSA PRIVATE KEY" -> Optional.of(wrapped(RSA, der));
                case "EC PRIVATE KEY" -> curve(der).map(it -> wrapped(joined(ELLIPTIC, it), der));
                case String plain -> Optional.of(der);
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
            return Optional.empty();
        }
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, joined(VERSION_0, element(SEQUENCE, algorithm), element(OCTETS, key)));
    }

    /// The name of the curve in `SEQUENCE { version, key, [0] name, … }`.
    private static Optional<byte[]> curve(byte[] der) {
        for (int at = content(der, 0); at < der.length; at = content(der, at) + length(der, at)) {
            if ((der[at] & 0xFF) == PARAMETERS) {
                var from = content(der, at);
                return Optional.of(Arrays.copyOfRange(der, from, from + length(der, at)));
            }
        }
        return Optional.empty();
    }

    /// Where the content of the element that begins here begins.
    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        return at + 2 + (first < LONG ? 0 : first - LONG);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        int length = first < LONG ? first : 0;
        for (int i = at + 2; i < content(der, at); i++) {
            length = Math.addExact(Math.multiplyExact(length, 256), der[i] & 0xFF);
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        var size = new ByteArrayOutputStream();
        size.write(tag);
        if (content.length < LONG) {
            size.write(content.length);
        } else {
            size.write(LONG + 2);
            size.write(content.length >> 8);
            size.write(content.length);
        }
        return joined(size.toByteArray(), content);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
