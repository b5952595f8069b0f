package dev.lockstep.engine;

import dev.lockstep.script.Kind;
import dev.lockstep.script.Script;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.migration.baseline.BaselineResolvedMigration;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resolver.ResolvedMigrationImpl;
import org.jspecify.annotations.Nullable;

/// What Flyway finds when it looks for files: from memory, placeholders replaced.
final class ScriptResources implements ResourceProvider {
    private final Map<String, Script> scripts;

    ScriptResources(List<Script> scripts) {
        this.scripts = scripts.stream().collect(Collectors.toMap(Script::file, script -> script));
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return scripts.values().stream()
                .filter(script -> name.equals(script.file() + ".conf"))
                .flatMap(script -> script.conf().stream())
                .findFirst()
                .map(text -> new ScriptResource(name, text))
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return List.of();
    }

    /// As Flyway's own resolvers describe a script.
    static ResolvedMigration resolved(Script script, MigrationExecutor executor, Configuration configuration) {
        var version = script.version()
                .map(v -> MigrationVersion.fromVersion(v.text()))
                .orElse(null);
        var file = script.file();
        return script.kind() == Kind.BASELINE
                ? new BaselineResolvedMigration(
                        version, script.description(), file, script.checksum(), null, file, executor, configuration)
                : new ResolvedMigrationImpl(
                        version,
                        script.description(),
                        file,
                        script.checksum(),
                        null,
                        CoreMigrationType.SQL,
                        file,
                        executor);
    }
}
