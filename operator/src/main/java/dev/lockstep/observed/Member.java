package dev.lockstep.observed;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A live pod of the application, or what pods are made from.
///
/// @param what kind and name, for people
/// @param declares the revision that its code is made for; absent: it is older than all that declare one
public record Member(String what, Optional<String> declares) {

    /// Does its code want less than this revision?
    boolean isOlderThan(String revision) {
        return declares.filter(it -> compare(it, revision) >= 0).isEmpty();
    }

    /// Does its code want more than this revision? What cannot be compared may.
    boolean isNewerThan(String revision) {
        return declares.filter(it -> !isVersion(it) || compare(it, revision) > 0)
                .isPresent();
    }

    private static boolean isVersion(String text) {
        return text.matches("[0-9]+([._][0-9]+)*");
    }

    /// As Flyway orders versions: number by number. What is none is older than all.
    private static int compare(String one, String other) {
        var left = numbers(one);
        var right = numbers(other);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int here = at(left, i).compareTo(at(right, i));
            if (here != 0) return here;
        }
        return 0;
    }

    private static List<BigInteger> numbers(String version) {
        if (!isVersion(version)) return List.of(BigInteger.ONE.negate());
        return Arrays.stream(version.split("[._]", -1)).map(BigInteger::new).toList();
    }

    private static BigInteger at(List<BigInteger> numbers, int index) {
        return index < numbers.size() ? numbers.get(index) : BigInteger.ZERO;
    }
}
