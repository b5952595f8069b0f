package dev.lockstep.plugin;

/// A command that a person may copy from what is printed.
final class Invocation {
    private Invocation() {}

    /// `kubectl lockstep VERB NAME -n NAMESPACE …`.
    static String text(Standing standing, String verb, String... more) {
        var rest = more.length == 0 ? "" : " " + String.join(" ", more);
        return "kubectl lockstep " + verb + " " + standing.name() + " -n " + standing.namespace() + rest;
    }
}
