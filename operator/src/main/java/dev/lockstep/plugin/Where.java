package dev.lockstep.plugin;

import dev.lockstep.plugin.Problem.Kind;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that say which cluster, as whom, and where in it; as kubectl has them.
final class Where {
    /// A person waits: what does not answer in this time is told to them. The library's own would be half an hour.
    private static final int CONNECT_MILLIS = 5_000;

    private static final int ANSWER_MILLIS = 20_000;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            scope = ScopeType.INHERIT,
            description = "Default: the context's own, else default.")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = "--context",
            paramLabel = "CONTEXT",
            scope = ScopeType.INHERIT,
            description = "Of the kubeconfig. Default: the current one.")
    private Optional<String> context = Optional.empty();

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Default: KUBECONFIG, else ~/.kube/config.")
    private Optional<Path> kubeconfig = Optional.empty();

    /// How to get in.
    Config config() throws Refused {
        var config = read();
        refuseUnknownContext(config);
        return new ConfigBuilder(config)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(ANSWER_MILLIS)
                .withRequestRetryBackoffLimit(1)
                .build();
    }

    /// Where names are looked up.
    String namespace(Config config) {
        return namespace.or(() -> Optional.ofNullable(config.getNamespace())).orElse("default");
    }

    private Config read() throws Refused {
        if (kubeconfig.isEmpty()) return Config.autoConfigure(context());
        var file = kubeconfig.get();
        if (!Files.isReadable(file)) {
            throw new Refused(Kind.Usage, file.toString(), "the kubeconfig cannot be read", "name another file");
        }
        return Config.fromKubeconfig(context(), file.toFile());
    }

    private @Nullable String context() {
        return context.orElse(null);
    }

    private void refuseUnknownContext(Config config) throws Refused {
        var names = Optional.ofNullable(config.getContexts()).orElse(List.of()).stream()
                .map(NamedContext::getName)
                .toList();
        if (context.isPresent() && !names.contains(context.get())) {
            var there = names.isEmpty() ? "there is no kubeconfig" : "there are: " + String.join(", ", names);
            throw new Refused(Kind.Usage, "--context", "no context " + context.get(), there);
        }
        if (context.isEmpty() && config.getCurrentContext() == null && isNowhere(config)) {
            throw new Refused(
                    Kind.Usage,
                    "",
                    "no kubeconfig says which cluster",
                    "set KUBECONFIG, or name one by --kubeconfig FILE");
        }
    }

    /// What the library falls back to where it has found nothing, which a pod of the cluster could reach.
    private static boolean isNowhere(Config config) {
        return Optional.ofNullable(config.getOauthToken()).isEmpty()
                && Optional.ofNullable(config.getAutoOAuthToken()).isEmpty()
                && Config.DEFAULT_MASTER_URL.startsWith(config.getMasterUrl().replaceFirst("/+$", ""));
    }
}
