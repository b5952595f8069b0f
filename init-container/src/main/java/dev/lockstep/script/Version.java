package dev.lockstep.script;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Flyway version: numbers between dots. `1`, `01` and `1.0` are equal, as they are to Flyway.
///
/// @param text as Flyway writes it into its history: underscores are dots, leading zeros stay
public record Version(String text) implements Comparable<Version> {
    private static final Pattern SHAPE = Pattern.compile("\\d+([._]\\d+)*");

    public Version {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("not a version: " + text);
        }
        text = text.replace('_', '.');
    }

    /// The version a person wrote, if it is one.
    public static Optional<Version> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new Version(text)) : Optional.empty();
    }

    /// The one spelling that all equal versions share: no leading zeros, no trailing `.0`.
    public String canonical() {
        return String.join(".", parts().stream().map(BigInteger::toString).toList());
    }

    private List<BigInteger> parts() {
        var parts = new ArrayList<>(
                Arrays.stream(text.split("\\.")).map(BigInteger::new).toList());
        while (parts.size() > 1 && parts.getLast().signum() == 0) {
            parts.removeLast();
        }
        return parts;
    }

    @Override
    public int compareTo(Version other) {
        var mine = parts();
        var theirs = other.parts();
        for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
            int order = at(mine, i).compareTo(at(theirs, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static BigInteger at(List<BigInteger> parts, int i) {
        return i < parts.size() ? parts.get(i) : BigInteger.ZERO;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
