package dev.lockstep.engine;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Callback;
import dev.lockstep.script.Kind;
import dev.lockstep.script.Script;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<String, String> confs = new HashMap<>();
    private final Callbacks callbacks;

    ScriptResources(List<Script> scripts, Callbacks callbacks) {
        this.callbacks = callbacks;
        scripts.forEach(script -> script.conf().ifPresent(conf -> confs.put(script.file(), conf)));
        callbacks.pending().forEach(callback -> callback.conf().ifPresent(conf -> confs.put(name(callback), conf)));
    }

    /// By Flyway's own conventions, whatever the project's are.
    private static String name(Callback callback) {
        return "callbacks/" + callback.event() + "__" + callback.description().replace(' ', '_') + ".sql";
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return Optional.ofNullable(confs.get(name.replaceFirst("\\.conf$", "")))
                .map(text -> new ScriptResource(name, text))
                .orElse(null);
    }

    /// Flyway looks for callbacks with each suffix that it knows.
    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return List.of(suffixes).contains(".sql")
                ? callbacks.pending().stream()
                        .<LoadableResource>map(
                                callback -> new ScriptResource(name(callback), callback.text(), callback.file()))
                        .toList()
                : List.of();
    }

    /// Why a callback cannot be run, where that is what Flyway failed over; it parses them one by one as it comes to
    /// them.
    Optional<Refusal> unparsable(Throwable failure) {
        var innermost = failure;
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            innermost = cause;
        }
        var all = String.valueOf(failure.getMessage()) + innermost.getMessage();
        var words = String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
        return callbacks.pending().stream()
                .max(Comparator.comparing(callback -> all.contains(name(callback)) || all.contains(callback.event())))
                .map(callback -> new Refusal(
                        Code.ScriptInvalid,
                        callback.file() + ":1",
                        "this callback or another cannot be parsed: " + words.replace(name(callback), callback.file()),
                        "correct it"));
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
