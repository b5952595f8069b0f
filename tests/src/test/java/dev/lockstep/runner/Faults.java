package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Faults and the moments of a run at which they are tried, as tests and as a table. With `-Dlockstep.faults=true` each
/// pair is tried, otherwise every seventh.
interface Faults {
    int SAMPLED = 7;

    /// What the page calls it.
    interface Words {
        String words();
    }

    /// What a run comes to.
    sealed interface End {
        record With(Code code) implements End {}

        record GoesOn() implements End {}

        /// Or has come too far for that.
        record WithOrGoesOn(Code code) implements End {}

        /// Nobody is left to say so.
        record Silent() implements End {}

        default String words() {
            return switch (this) {
                case With(Code code) -> code.name();
                case GoesOn() -> "goes on";
                case WithOrGoesOn(Code code) -> "goes on, or " + code.name();
                case Silent() -> "says nothing more";
            };
        }

        default void assertIs(Terminal.Result result) {
            switch (this) {
                case With(Code code) -> {
                    assertThat(result.exit()).as(result.all()).isEqualTo(code.exit());
                    assertThat(result.err()).contains(code.name() + ": ");
                }
                case GoesOn() -> assertThat(result.exit()).as(result.all()).isZero();
                case WithOrGoesOn(Code code) ->
                    assertThat(result.exit()).as(result.all()).isIn(0, code.exit());
                case Silent() -> {}
            }
        }
    }

    static <A, B, C> Stream<C> sampled(A[] whats, B[] whens, BiFunction<A, B, C> cell) {
        var all = Arrays.stream(whats)
                .flatMap(what -> Arrays.stream(whens).map(when -> cell.apply(what, when)))
                .toList();
        int step = Boolean.getBoolean("lockstep.faults") ? 1 : SAMPLED;
        return IntStream.range(0, all.size()).filter(n -> n % step == 0).mapToObj(all::get);
    }

    static <A extends Words, B extends Words> String table(A[] whats, B[] whens, BiFunction<A, B, End> end) {
        var columns = Arrays.stream(whats).map(Words::words).collect(Collectors.joining(" | "));
        var rows = Arrays.stream(whens)
                .map(when -> Arrays.stream(whats)
                        .map(what -> end.apply(what, when).words())
                        .collect(Collectors.joining(" | ", "| " + when.words() + " | ", " |\n")))
                .collect(Collectors.joining());
        return "| when | " + columns + " |\n" + "|---".repeat(whats.length + 1) + "|\n" + rows;
    }
}
