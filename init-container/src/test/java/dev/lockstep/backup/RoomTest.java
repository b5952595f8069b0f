package dev.lockstep.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What may be taken and what fits, on the disk that this test runs on.
final class RoomTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    private Failure refused(Optional<Long> most, long bytes, boolean exact) {
        return assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> new Room(folder, most).admit(bytes, exact, said::add))
                .actual()
                .failure();
    }

    private long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    @Test
    void what_is_allowed_and_fits_is_taken_without_a_word() throws Refusal {
        new Room(folder, Optional.of(1000L)).admit(1000, true, said::add);
        new Room(folder, Optional.empty()).admit(1000, false, said::add);

        assertThat(said).isEmpty();
    }

    @Test
    void more_than_is_allowed_is_too_large() {
        var failure = refused(Optional.of(20L << 20), 21L << 20, false);

        assertThat(failure.code()).isEqualTo(Code.BackupTooLarge);
        assertThat(failure.message()).contains("21 MiB").contains("20 MiB");
    }

    @Test
    void a_copy_that_does_not_fit_is_refused_with_both_numbers_and_the_folder() throws IOException {
        var failure = refused(Optional.empty(), free() + GIB, true);

        assertThat(failure.code()).isEqualTo(Code.Preflight);
        assertThat(failure.place()).isEqualTo(folder.toString());
        assertThat(failure.message()).matches(".*about \\d+ MiB, and \\d+ MiB are free there");
    }

    @Test
    void a_dump_may_shrink_to_a_tenth_which_is_said() throws IOException, Refusal {
        new Room(folder, Optional.empty()).admit(free() + GIB, false, said::add);

        assertThat(said).singleElement().asString().contains("may not fit");
        assertThat(refused(Optional.empty(), 11 * free(), false).code()).isEqualTo(Code.Preflight);
    }
}
