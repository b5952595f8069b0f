package dev.lockstep.observed;

import dev.lockstep.handover.Digest;
import dev.lockstep.handover.Order;
import dev.lockstep.resource.Status;
import java.util.Map;
import java.util.Optional;

/// A change of the history that a person wants, and another has to agree to.
///
/// @param words of the annotation
/// @param hash that the other one's approval names: of these words, for this resource, its database and its scripts,
/// after
/// that amendment; a yes is to one deed, and no second one of the same words
public record Petition(String words, String hash) {

    static Petition of(String words, Identity identity, Order order, Optional<Status.Amendment> before) {
        var asked = Map.of(
                identity.uid() + " " + identity.path(),
                words,
                "database",
                Wire.fingerprint(order.database()),
                "scripts",
                order.files().source() + " " + order.files().digest().orElse(""),
                "after",
                before.map(Status.Amendment::job).orElse(""));
        return new Petition(words, "sha256:" + Digest.of(asked));
    }
}
