package dev.lockstep.engine;

import dev.lockstep.backup.Terms;
import dev.lockstep.dialect.PostgresqlContents.Named;
import dev.lockstep.lint.Losses;
import dev.lockstep.plan.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What a plan may lose.
///
/// @param named all that its scripts name
/// @param untold places of statements that do not say what they destroy
/// @param hidden files of scripts that run what cannot be read
record Stakes(Named named, List<String> untold, List<String> hidden) {

    static Stakes of(List<Step> steps) {
        var tables = new HashSet<List<String>>();
        var schemas = new HashSet<String>();
        var untold = new ArrayList<String>();
        var hidden = new ArrayList<String>();
        boolean cascades = false;
        for (var step : steps) {
            var losses = Losses.of(step.verdict());
            tables.addAll(losses.tables());
            schemas.addAll(losses.schemas());
            cascades |= losses.cascades();
            losses.untold().ifPresent(line -> untold.add(step.script().file() + ":" + line));
            if (losses.hidden()) {
                hidden.add(step.script().file());
            }
        }
        return new Stakes(new Named(tables, schemas, cascades), untold, hidden);
    }

    /// Is it certain that nothing is lost?
    boolean none() {
        return named.tables().isEmpty() && named.schemas().isEmpty() && untold.isEmpty() && hidden.isEmpty();
    }

    /// Where it is not known which rows are at stake, all of the schema's are saved.
    boolean narrow(Terms.Scope scope) {
        return scope == Terms.Scope.Touched && untold.isEmpty() && hidden.isEmpty();
    }

    /// What the one who is on call has to know of the backup.
    List<String> warnings(Terms.Scope scope) {
        var warnings = new ArrayList<String>();
        for (var place : untold) {
            warnings.add(
                    place + ": its words do not tell what is destroyed; the backup has the migrated schema and those"
                            + " that are named elsewhere, nothing else");
        }
        if (scope == Terms.Scope.Touched && !narrow(scope)) {
            var places = new ArrayList<>(untold);
            places.addAll(hidden);
            warnings.add("the whole schema is saved, for it cannot be told which tables are touched: "
                    + String.join(", ", places));
        }
        return warnings;
    }
}
