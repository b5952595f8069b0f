package dev.lockstep.runner;

import java.util.LinkedHashMap;
import java.util.Map;

/// What `lockstep` can do.
final class Verbs {
    private Verbs() {}

    /// Name → picocli command.
    static Map<String, Object> all(Cli cli) {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("upgrade", new Upgrade(cli));
        verbs.put("migrate", new Migrate(cli));
        verbs.put("plan", new ShowPlan(cli));
        verbs.put("current", new Current(cli));
        verbs.put("history", new ShowHistory(cli));
        verbs.put("await", new Await(cli));
        verbs.put("order", new CarryOrder(cli));
        return verbs;
    }
}
