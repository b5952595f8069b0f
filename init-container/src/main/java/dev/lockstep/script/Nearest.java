package dev.lockstep.script;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The word that somebody meant who mistyped it.
public final class Nearest {
    /// In words so long a second slip is still a slip.
    private static final int LONG = 7;

    private Nearest() {}

    /// @return absent where nothing known is one slip away, or two in a long word
    public static Optional<String> of(String word, Collection<String> known) {
        return known.stream()
                .filter(it -> slips(word, it) <= (it.length() < LONG ? 1 : 2))
                .min(Comparator.comparingInt((String it) -> slips(word, it)).thenComparing(it -> it));
    }

    /// Letters that are missing, too many or wrong, and neighbours that have changed places.
    private static int slips(String one, String other) {
        var slips = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : least(slips, one, other, i, j);
            }
        }
        return slips[one.length()][other.length()];
    }

    private static int least(int[][] slips, String one, String other, int i, int j) {
        int wrong = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int least = Math.min(slips[i - 1][j - 1] + wrong, Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(least, slips[i - 2][j - 2] + 1) : least;
    }
}
