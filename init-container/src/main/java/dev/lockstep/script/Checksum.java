package dev.lockstep.script;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Flyway's checksum, to the bit: CRC32 over the UTF-8 bytes of the lines without their ends, as a signed int. So
/// line
/// ends, a byte order mark and trailing newlines do not count, trailing spaces do.
/// Source: flyway-core 13.12.0, `ChecksumCalculator`; held by a test beside Flyway's own API.
final class Checksum {
    private Checksum() {}

    static int of(String text) {
        var crc = new CRC32();
        text.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) crc.getValue();
    }
}
