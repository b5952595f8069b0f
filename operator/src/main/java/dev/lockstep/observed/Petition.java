package dev.lockstep.observed;

import dev.lockstep.handover.Digest;
import java.util.Map;

/// A change of the history that a person wants, and another has to agree to.
///
/// @param words of the annotation
/// @param hash that the other one's approval names: of these words, for this resource
public record Petition(String words, String hash) {

    static Petition of(String words, Identity identity) {
        return new Petition(words, "sha256:" + Digest.of(Map.of(identity.uid() + " " + identity.path(), words)));
    }
}
