package dev.lockstep.runner;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What `lockstep` can do.
final class Verbs {
    /// Their target may be `-1`.
    static final List<String> TAKING_STEPS_DOWN = List.of("downgrade", "plan");

    private Verbs() {}

    /// The verb that the command line begins with, or all: picocli reads the options of each verb that it is told of,
    /// which
    /// is half of what a gate takes to start.
    ///
    /// @return name → picocli command
    static Map<String, Object> of(String[] arguments, Cli cli) {
        var verbs = all();
        var begunWith =
                Arrays.stream(arguments).limit(1).filter(verbs::containsKey).toList();
        if (!begunWith.isEmpty()) {
            verbs.keySet().retainAll(begunWith);
        }
        var commands = new LinkedHashMap<String, Object>();
        verbs.forEach((name, verb) -> commands.put(name, verb.apply(cli)));
        return commands;
    }

    /// Not `Upgrade::new`, which loads the class of each.
    private static Map<String, Function<Cli, Object>> all() {
        var verbs = new LinkedHashMap<String, Function<Cli, Object>>();
        verbs.put("upgrade", cli -> new Upgrade(cli));
        verbs.put("downgrade", cli -> new Downgrade(cli));
        verbs.put("migrate", cli -> new Migrate(cli));
        verbs.put("plan", cli -> new ShowPlan(cli));
        verbs.put("current", cli -> new Current(cli));
        verbs.put("history", cli -> new ShowHistory(cli));
        verbs.put("validate", cli -> new Validate(cli));
        verbs.put("drift", cli -> new DriftVerb(cli));
        verbs.put("lint", cli -> new LintVerb(cli));
        verbs.put("stamp", cli -> new Stamp(cli));
        verbs.put("baseline", cli -> new BaselineVerb(cli));
        verbs.put("repair", cli -> new Repair(cli));
        verbs.put("backup", cli -> new BackupVerb(cli));
        verbs.put("test", cli -> new Rehearse(cli));
        verbs.put("heads", cli -> new Heads(cli));
        verbs.put("show", cli -> new Show(cli));
        verbs.put("revision", cli -> new NewRevision(cli));
        verbs.put("merge", cli -> new Merge(cli));
        verbs.put("await", cli -> new Await(cli));
        verbs.put("order", cli -> new CarryOrder(cli));
        return verbs;
    }
}
