package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postgresql.util.DriverInfo;
import org.sqlite.SQLiteJDBCLoader;

/// The drivers that are built in are no older than those in which the holes that are known were mended.
final class DriversTest {
    /// CVE-2024-1597 was mended in 42.7.2, CVE-2025-49146 in 42.7.7, CVE-2026-42198 in 42.7.11.
    @Test
    void the_one_for_postgresql() {
        assertThat(Arrays.compare(numbers(DriverInfo.DRIVER_VERSION), numbers("42.7.11")))
                .isNotNegative();
    }

    /// CVE-2023-32697 was mended in 3.41.2.2.
    @Test
    void the_one_for_sqlite() {
        assertThat(Arrays.compare(numbers(SQLiteJDBCLoader.getVersion()), numbers("3.41.2.2")))
                .isNotNegative();
    }

    private static int[] numbers(String version) {
        return Stream.of(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
