package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Where a run is cut.
///
/// @param request of the run to its database, from 1
/// @param afterwards the database still gets it, and its answer is lost
record Cut(int request, boolean afterwards) {
    /// So many of its last requests a run can do without: it keeps what `lockstep drift` compares with, and says
    /// goodbye.
    private static final int TAIL = 20;

    /// With `-Dlockstep.crash=all` every request, with `200-220` these; otherwise a sample, another one each time the
    /// number of requests changes.
    ///
    /// @param all requests of a run that nobody cuts
    /// @param sample how many of them
    static Stream<Cut> of(int all, int sample) {
        var asked = System.getProperty("lockstep.crash", "sample");
        var wanted = switch (asked) {
            case "all" -> IntStream.rangeClosed(1, all);
            case "sample" -> IntStream.rangeClosed(1, sample).map(n -> n * all / sample);
            default -> {
                var ends = asked.split("-", 2);
                yield IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
            }
        };
        return wanted.boxed().flatMap(n -> Stream.of(new Cut(n, false), new Cut(n, true)));
    }

    /// A run that meets the cut says so, with a code after which it is begun again. Without a cut it would succeed, so
    /// that there was one is certain.
    ///
    /// @param made requests of that run
    /// @param all those of a run that nobody cuts
    /// @return it says that it has succeeded
    boolean isAfterTheEnd(Terminal.Result first, int made, int all) {
        if (first.exit() == 0) {
            assertThat(request).as(first.all()).isGreaterThan(all - TAIL);
            return true; // and has to have all that it says (I5)
        }
        new Faults.End.With(Code.ConnectionLost).assertIs(first);
        assertThat(made).isGreaterThanOrEqualTo(request);
        return false;
    }
}
