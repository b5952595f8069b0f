package dev.lockstep.lint;

import dev.lockstep.script.Statement;
import java.util.List;
import java.util.stream.Stream;

/// Indexes built, dropped and built again while an app works.
record IndexChecks(Sight sight) implements Check {

    @Override
    public Stream<Finding> of(Statement statement) {
        boolean concurrent = statement.has("concurrently");
        if (statement.begins("create", "index") || statement.begins("create", "unique", "index")) {
            return concurrent ? Stream.empty() : created(statement);
        }
        if (statement.begins("drop", "index") && !concurrent) {
            return Stream.of(found(
                    Rule.DropIndexBlocks,
                    statement.line(),
                    "every query on its table queues behind this while it waits for its lock",
                    alone(Wording.with(statement, "index", "concurrently") + ";")));
        }
        return statement.begins("reindex") && !concurrent ? Stream.of(reindexed(statement)) : Stream.empty();
    }

    private Stream<Finding> created(Statement statement) {
        var table = Classifier.effect(statement).on();
        if (!sight.old(table)) {
            return Stream.empty();
        }
        return Stream.of(found(
                Rule.IndexBlocksWrites,
                statement.line(),
                "writers of " + table + " wait until the index is built",
                partitioned(table) ? List.of() : alone(Wording.with(statement, "index", "concurrently") + ";")));
    }

    /// On a partitioned table an index cannot be built concurrently, only on each partition.
    private boolean partitioned(String table) {
        return sight.before(Integer.MAX_VALUE)
                .anyMatch(it -> it.has("partition", "by")
                        && Classifier.created(it)
                                .filter(name -> Sight.same(name, table))
                                .isPresent());
    }

    private Finding reindexed(Statement statement) {
        var kind = statement.tokens().size() > 1 ? statement.tokens().get(1).text() : "";
        return found(
                Rule.ReindexBlocksWrites,
                statement.line(),
                "writers wait until the index is built, and its readers too",
                alone(Wording.with(statement, kind, "concurrently") + ";"));
    }
}
