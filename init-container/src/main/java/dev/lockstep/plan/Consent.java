package dev.lockstep.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Has a person said yes to these steps? A yes is bound to the steps that it is asked for, in their direction, with
/// their text, and to the database.
record Consent(Policy policy) {

    /// `sha256:…`; absent where there is nothing to ask about.
    Optional<String> hash(List<Step> steps) {
        var text = new StringBuilder(policy.identity()).append('\n');
        var asked = steps.stream().filter(policy.asks()::about).toList();
        asked.forEach(step -> text.append(step.number())
                .append(' ')
                .append(step.direction())
                .append(' ')
                .append(step.script().checksum())
                .append('\n'));
        return asked.isEmpty() ? Optional.empty() : Optional.of("sha256:" + sha256(text.toString()));
    }

    /// @param earlier what the plan was before one of its steps had run, before two had, and so on: a run that ends
    ///     half-way does not void the yes it began with
    boolean given(List<Step> steps, Stream<List<Step>> earlier) {
        if (policy.asks() == Policy.Asks.never
                || policy.approved().filter(Policy.ANY::equals).isPresent()) {
            return true;
        }
        Predicate<String> said = hash -> policy.approved().filter(hash::equals).isPresent();
        return policy.approved().isPresent()
                && Stream.concat(Stream.of(steps), earlier)
                        .anyMatch(plan -> hash(plan).filter(said).isPresent());
    }

    private static String sha256(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
