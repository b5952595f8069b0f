package dev.lockstep.status;

/// Reports of runs.
final class Reported {
    static final String DONE = """
            {"v":1,"outcome":"Done","revision":"1","target":"1","held":[],"counts":{"pending":0,"applied":1,"held":0},
             "applied":[{"revision":"1","description":"init","phase":"expand","direction":"up","millis":7,
             "lockAttempts":2,"at":"2026-01-01T00:00:00Z"}],"blockers":["pid 7"],
             "backup":{"name":"a.dump","bytes":5,"sha256":"ab","at":"2026-01-01T00:00:00Z","revision":""}}""";

    static final String HASH = "sha256:" + "0a".repeat(32);

    static final String AMENDED = """
            {"v":1,"outcome":"Done","held":[],"counts":{"pending":0,"applied":0,"held":0},"applied":[],"blockers":[]}""";

    static final String SAVED_ELSEWHERE = DONE.replace("\"a.dump\"", "\"snap-1\"")
            .replace("\"bytes\":5", "\"bytes\":0")
            .replace("\"sha256\":\"ab\"", "\"sha256\":\"\"");

    private Reported() {}

    /// All but a step that loses data has run.
    ///
    /// @param direction of that step
    static String held(String direction) {
        var step = """
                "held":[{"revision":"2","description":"drop","phase":"contract","direction":"%s","destructive":true,
                "breaking":"deploy 1.5 first","reason":"contract"}],"plan":"%s\"""".formatted(direction, HASH);
        return DONE.replace("\"held\":[]", step).replace("\"target\":\"1\"", "\"target\":\"2\"");
    }

    /// The database has more than the target, and may be taken back.
    static String ahead() {
        return held("down").replace("\"Done\"", "\"Ahead\"").replace("\"target\":\"2\"", "\"target\":\"1\"");
    }
}
