package dev.lockstep.observed;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// What a person asks for by annotations, each with any value: on the resource what is asked, on a Job what its run
/// answers, in the status what has been acted on. One value is one deed.
///
/// @param retry another attempt
/// @param takeOver the database becomes this resource's, whose ever it was
/// @param amend something is changed in the history, which the value says
/// @param external a backup that somebody else has taken
public record Words(
        Optional<String> retry, Optional<String> takeOver, Optional<String> amend, Optional<String> external) {
    /// The annotation with [#retry].
    public static final String RETRY = "lockstep.dev/retry";

    /// The annotation with [#takeOver].
    public static final String TAKE_OVER = "lockstep.dev/take-over";

    /// The annotation with [#amend].
    public static final String AMEND = "lockstep.dev/amend";

    /// The annotation with [#external]: a name without blanks, which travels in a Report.
    public static final String EXTERNAL = "lockstep.dev/external-backup";

    private static final String NAME = "\\S{1,253}";

    /// Nothing is asked.
    public static final Words NONE = new Words(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// Of an object's annotations.
    public static Words of(ObjectMeta metadata) {
        var annotations = Absent.or(metadata.getAnnotations(), Map.<String, String>of());
        return new Words(
                word(annotations, RETRY),
                word(annotations, TAKE_OVER),
                word(annotations, AMEND),
                word(annotations, EXTERNAL).filter(it -> it.matches(NAME)));
    }

    private static Optional<String> word(Map<String, String> annotations, String name) {
        return Optional.ofNullable(annotations.get(name)).filter(it -> !it.isBlank());
    }

    /// As annotations.
    public Map<String, String> annotations() {
        var annotations = new TreeMap<String, String>();
        retry.ifPresent(it -> annotations.put(RETRY, it));
        takeOver.ifPresent(it -> annotations.put(TAKE_OVER, it));
        amend.ifPresent(it -> annotations.put(AMEND, it));
        external.ifPresent(it -> annotations.put(EXTERNAL, it));
        return annotations;
    }

    /// Those that have not been acted on.
    Words without(Words heeded) {
        return new Words(
                retry.filter(it -> !Objects.equals(heeded.retry, Optional.of(it))),
                takeOver.filter(it -> !Objects.equals(heeded.takeOver, Optional.of(it))),
                amend.filter(it -> !Objects.equals(heeded.amend, Optional.of(it))),
                external.filter(it -> !Objects.equals(heeded.external, Optional.of(it))));
    }

    /// These, and for what is not among them those.
    public Words or(Words those) {
        return new Words(
                retry.or(those::retry),
                takeOver.or(those::takeOver),
                amend.or(those::amend),
                external.or(those::external));
    }

    /// These but for that one.
    public Words withoutTakeOver() {
        return new Words(retry, Optional.empty(), amend, external);
    }

    /// These words but for an amendment, which is a run of its own.
    public Words ofRun() {
        return new Words(retry, takeOver, Optional.empty(), external);
    }

    /// An amendment alone.
    public static Words amending(String words) {
        return new Words(Optional.empty(), Optional.empty(), Optional.of(words), Optional.empty());
    }
}
