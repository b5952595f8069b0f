package dev.lockstep.script;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The leading comments of a script.
///
/// @param alias `Revision:`, usable wherever a revision is named
/// @param revises parents; absent means the version before, an empty list means a root (`base`)
/// @param depends must be applied too, without being parents
/// @param label name of the branch that starts here
/// @param phase absent means: decided by the statements
/// @param outsideTransaction `Transaction: none`
/// @param lockTimeout overrides the run's
/// @param breaking in what order to deploy
/// @param batch `Batch:`
/// @param allows `Lint-allow:`, lint's rules that somebody has decided about, in lower case
public record Header(
        Optional<String> alias,
        Optional<List<String>> revises,
        List<String> depends,
        Optional<String> label,
        Optional<Phase> phase,
        boolean outsideTransaction,
        Optional<Duration> lockTimeout,
        Optional<String> breaking,
        Optional<Batch> batch,
        List<String> allows) {
    public Header {
        depends = List.copyOf(depends);
        allows = List.copyOf(allows);
    }

    static final Header NONE = new Header(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
}
