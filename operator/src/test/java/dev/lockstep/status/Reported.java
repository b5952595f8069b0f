package dev.lockstep.status;

/// Reports that leave something to do.
final class Reported {
    static final String HASH = "sha256:" + "0a".repeat(32);

    private Reported() {}

    /// All but a step that loses data has run.
    ///
    /// @param direction of that step
    static String held(String direction) {
        var step = """
                "held":[{"revision":"2","description":"drop","phase":"contract","direction":"%s","destructive":true,
                "breaking":"deploy 1.5 first","reason":"contract"}],"plan":"%s\"""".formatted(direction, HASH);
        return World.DONE.replace("\"held\":[]", step).replace("\"target\":\"1\"", "\"target\":\"2\"");
    }

    /// The database has more than the target, and may be taken back.
    static String ahead() {
        return held("down").replace("\"Done\"", "\"Ahead\"").replace("\"target\":\"2\"", "\"target\":\"1\"");
    }
}
