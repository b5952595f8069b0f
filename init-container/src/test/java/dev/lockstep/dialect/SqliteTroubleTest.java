package dev.lockstep.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;

/// Codes that a test cannot provoke as root, who may write everywhere, or with a disk that is sound.
final class SqliteTroubleTest {
    @ParameterizedTest
    @CsvSource({
        "SQLITE_READONLY, Preflight, permissions",
        "SQLITE_READONLY_DIRECTORY, Preflight, permissions",
        "SQLITE_CANTOPEN, Preflight, permissions",
        "SQLITE_IOERR_WRITE, Preflight, health",
        "SQLITE_CORRUPT_INDEX, Preflight, lockstep backup restore",
        "SQLITE_BUSY_SNAPSHOT, LockBudgetExceeded, another process",
        "SQLITE_CONSTRAINT_UNIQUE, StatementFailed, correct the statement",
    })
    void each_error_concerns_somebody(SQLiteErrorCode result, Code code, String remedy) {
        var failure = new SqliteTrouble(result, Path.of("/data/app.db"))
                .at("V2__more.sql:1")
                .failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.place()).isEqualTo("V2__more.sql:1");
        assertThat(failure.remedy()).contains(remedy);
        assertThat(failure.message()).startsWith(result.name());
        assertThat(failure.message().contains("/data/app.db")).isEqualTo(code == Code.Preflight);
    }
}
