package dev.lockstep.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `lockstep` can do.
final class Verbs {
    /// Their target may be `-1`.
    static final List<String> TAKING_STEPS_DOWN = List.of("downgrade", "plan");

    private Verbs() {}

    /// Name → picocli command.
    static Map<String, Object> all(Cli cli) {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("upgrade", new Upgrade(cli));
        verbs.put("downgrade", new Downgrade(cli));
        verbs.put("migrate", new Migrate(cli));
        verbs.put("plan", new ShowPlan(cli));
        verbs.put("current", new Current(cli));
        verbs.put("history", new ShowHistory(cli));
        verbs.put("validate", new Validate(cli));
        verbs.put("drift", new DriftVerb(cli));
        verbs.put("lint", new LintVerb(cli));
        verbs.put("stamp", new Stamp(cli));
        verbs.put("baseline", new BaselineVerb(cli));
        verbs.put("repair", new Repair(cli));
        verbs.put("backup", new BackupVerb(cli));
        verbs.put("test", new Rehearse(cli));
        verbs.put("heads", new Heads(cli));
        verbs.put("show", new Show(cli));
        verbs.put("revision", new NewRevision(cli));
        verbs.put("merge", new Merge(cli));
        verbs.put("await", new Await(cli));
        verbs.put("order", new CarryOrder(cli));
        return verbs;
    }
}
