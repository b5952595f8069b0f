package dev.lockstep.lint;

import dev.lockstep.script.Kind;
import dev.lockstep.script.Script;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What is wrong with scripts that a parser finds nothing wrong with. Asks no database.
public final class Lint {
    /// A way back is taken with the app down or after its own rules, so only what it locks is of interest.
    private static final Set<Rule> OF_DOWN_SCRIPTS = EnumSet.of(
            Rule.IndexBlocksWrites,
            Rule.ReindexBlocksWrites,
            Rule.DropIndexBlocks,
            Rule.ConstraintScans,
            Rule.ConstraintBuilds,
            Rule.TypeRewrites,
            Rule.TableRewrites,
            Rule.TransactionInScript,
            Rule.SecretInScript,
            Rule.UnknownRule);

    private final String vendor;
    private final List<Script> all;

    /// @param vendor `postgresql` or `sqlite`
    /// @param all of the project, in the order in which they run
    public Lint(String vendor, List<Script> all) {
        this.vendor = vendor;
        this.all = List.copyOf(all);
    }

    /// What is found in these, by file and line. What a script's header allows is left out.
    ///
    /// @param empty is the database they meet without tables, so that what they make is nobody's yet?
    public List<Finding> of(List<Script> wanted, boolean empty) {
        var fresh = new HashSet<String>();
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < all.size(); i++) {
            var script = all.get(i);
            if (wanted.contains(script)) {
                var sight = Sight.of(vendor, script, all.subList(0, i), all.subList(i + 1, all.size()), fresh);
                findings.addAll(of(sight));
            }
            if (empty) {
                fresh.addAll(Verdict.of(script, fresh).creates());
            }
        }
        return List.copyOf(findings);
    }

    private List<Finding> of(Sight sight) {
        var script = sight.script();
        return Stream.concat(statements(sight), Stream.concat(new ScriptChecks(sight).all(), down(script)))
                .filter(it -> it.rule().appliesTo(vendor))
                .filter(it -> script.kind() != Kind.UNDO || OF_DOWN_SCRIPTS.contains(it.rule()))
                .filter(it -> !script.header().allows().contains(it.rule().word()))
                .sorted(Comparator.comparingInt(Finding::line))
                .distinct()
                .toList();
    }

    private static Stream<Finding> statements(Sight sight) {
        var checks = List.of(
                new IndexChecks(sight),
                new ConstraintChecks(sight),
                new ColumnChecks(sight),
                new CopyChecks(sight),
                new StatementChecks(sight),
                new WriterChecks(sight));
        return sight.script().statements().stream()
                .flatMap(statement -> checks.stream().flatMap(check -> check.of(statement)));
    }

    /// Only where others have one: a project that never goes back need not be told in each script.
    private Stream<Finding> down(Script script) {
        var undone = all.stream().filter(it -> it.kind() == Kind.UNDO).toList();
        boolean missing = script.kind() == Kind.VERSIONED
                && !undone.isEmpty()
                && undone.stream().noneMatch(it -> it.version().equals(script.version()));
        return missing
                ? Stream.of(new Finding(
                        Rule.NoDown, script.file(), 1, "nothing takes this back", List.of("write its down script")))
                : Stream.empty();
    }
}
