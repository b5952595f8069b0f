package dev.lockstep.plugin;

/// Text of the cluster on a person's terminal: whoever may write a resource must not be able to move the cursor.
final class Plain {
    private Plain() {}

    /// The text on one line and without control characters.
    static String of(String text) {
        return text.replaceAll("\\p{Cc}+", " ");
    }
}
