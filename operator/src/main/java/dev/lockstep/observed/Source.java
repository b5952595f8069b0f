package dev.lockstep.observed;

import java.util.List;
import java.util.Map;

/// How the scripts come to a run.
public sealed interface Source {

    /// By a ConfigMap of the run's own.
    ///
    /// @param files text by name
    record Texts(Map<String, String> files) implements Source {}

    /// As they lie in a claim.
    record Claim(String name) implements Source {}

    /// Out of an image.
    ///
    /// @param path absolute
    /// @param copied by a container of that image; else it is mounted
    record Image(String reference, String path, boolean copied, List<String> pullSecrets) implements Source {}
}
