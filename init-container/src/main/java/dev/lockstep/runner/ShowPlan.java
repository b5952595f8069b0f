package dev.lockstep.runner;

import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Goal;
import dev.lockstep.handover.Refusal;
import dev.lockstep.lint.Lock;
import dev.lockstep.lint.Locks;
import dev.lockstep.plan.Held;
import dev.lockstep.plan.Plan;
import dev.lockstep.plan.Policy;
import dev.lockstep.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `upgrade` would do.
@Command(description = "Show what upgrade would do to reach TARGET. Changes nothing.")
final class ShowPlan implements Cli.Verb {
    /// Exit status for pending changes, as terraform's plan has made it known.
    static final int PENDING = 3;

    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Parameters(arity = "0..1", paramLabel = "TARGET", defaultValue = "head", description = "As for upgrade.")
    private String target = "head";

    @Option(names = "--detailed-exitcode", description = "Exit 3 if something is pending, 0 if not.")
    private boolean detailed;

    @Option(names = "--sql", description = "Print the scripts themselves.")
    private boolean sql;

    ShowPlan(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var policy = new Policy(true, Policy.Asks.destructive, Optional.empty(), Place.identity(dialect.address()));
        var settings = Limits.with("plan", goal(), policy, Patience.BUDGET, Optional.empty());
        var plan = Engine.plan(dialect, place.graph(dialect, cli), settings);
        if (sql) {
            PlanSql.print(plan, cli);
            return 0;
        }
        show(PlanTable.of(plan, locks(plan, dialect)), plan);
        return detailed && !(plan.steps().isEmpty() && plan.held().isEmpty()) ? PENDING : 0;
    }

    /// A word that can only lead down shows the way down.
    private Goal goal() {
        return target.startsWith("-") || target.equals("base") ? Goal.down(target) : Goal.up(target);
    }

    /// What each step locks, with the rows that the statistics tell of.
    private static Function<Step, List<PlanTable.Touched>> locks(Plan plan, Dialect dialect) throws Refusal {
        var tables = Stream.concat(plan.steps().stream(), plan.held().stream().map(Held::step))
                .flatMap(step -> Locks.of(step.script()).stream())
                .map(Lock::table)
                .collect(Collectors.toSet());
        var rows = tables.isEmpty() ? Map.<String, Long>of() : Engine.rows(dialect, tables);
        boolean tells = dialect.address() instanceof Address.Postgresql;
        return step -> Locks.of(step.script()).stream()
                .filter(lock -> rows.containsKey(lock.table()) || tells)
                .map(lock -> PlanTable.Touched.of(lock, Optional.ofNullable(rows.get(lock.table())), tells))
                .toList();
    }

    private void show(PlanTable table, Plan plan) {
        var out = cli.world().out();
        if (cli.output() == Output.json) {
            out.println(Json.write(table));
            return;
        }
        table.steps().forEach(line -> line.text().forEach(out::println));
        table.hash().ifPresent(hash -> out.println("approve with: --approve " + hash));
        if (table.steps().isEmpty()) {
            out.println(plan.ahead() ? "the database is ahead of the target" : "nothing to do");
        }
    }
}
