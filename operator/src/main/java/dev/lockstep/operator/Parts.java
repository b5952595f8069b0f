package dev.lockstep.operator;

import dev.lockstep.metrics.Metrics;
import dev.lockstep.probe.Probe;
import dev.lockstep.reconcile.Breaking;
import dev.lockstep.reconcile.Lean;
import dev.lockstep.reconcile.Loop;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The parts of a running operator.
final class Parts {
    /// A reconciliation is a handful of requests; what has not ended by then will not.
    private static final Duration TERMINATION = Duration.ofSeconds(2);

    private static final long RETRY_MILLIS = 1_000;
    private static final long RETRY_MILLIS_MAX = 60_000;

    private final KubernetesClient client;
    private final Metrics metrics;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Optional<Leadership> leadership;
    private final Runnable startAnew;
    private final Operator operator;
    private final Probe probe;

    /// @param startAnew ends the process, for a leader that leads no more
    Parts(Settings settings, Clock clock, Runnable startAnew) throws IOException {
        this.startAnew = startAnew;
        var time = new ServerClock(clock);
        metrics = new Metrics(version(), settings.perResource(), this::leads, time);
        client = new KubernetesClientBuilder()
                .withKubernetesSerialization(Lean.reading())
                .withHttpClientBuilderConsumer(it -> it.addOrReplaceInterceptor("time", time)
                        .addOrReplaceInterceptor("answers", new Listening(metrics)))
                .build();
        leadership = settings.election().map(Leadership::new);
        operator = new Operator(this::configure);
        operator.register(
                new Loop(settings.runner(), settings.floor(), settings.readsLogs(), time, metrics), controller -> {
                    controller
                            .withName("lockstep")
                            .withFieldManager("lockstep")
                            .withRetry(retry())
                            .withGenerationAware(false)
                            .withInformerListLimit(Loop.PAGE)
                            .withOnUpdateFilter(Loop::isNews);
                    if (!settings.namespaces().isEmpty()) controller.settingNamespaces(settings.namespaces());
                });
        probe = Probe.listen(settings.probePort(), this::isReady, metrics::scrape);
    }

    private void configure(ConfigurationServiceOverrider configuration) {
        configuration
                .withKubernetesClient(client)
                .withMetrics(new Breaking(metrics))
                .withCloseClientOnStop(false)
                .withReconciliationTerminationTimeout(TERMINATION);
        leadership.ifPresent(it -> configuration.withLeaderElectionConfiguration(it.configuration(this::lost)));
    }

    /// Without end: what the API server refuses now, it may take when a right is granted or a quota raised.
    private static GenericRetry retry() {
        return new GenericRetry()
                .setInitialInterval(RETRY_MILLIS)
                .setIntervalMultiplier(2)
                .setMaxInterval(RETRY_MILLIS_MAX)
                .withoutMaxAttempts();
    }

    private static String version() {
        return Optional.ofNullable(Parts.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }

    /// Without an election whoever runs leads.
    private boolean leads() {
        return operator.getRuntimeInfo().isStarted()
                && leadership.map(Leadership::isOurs).orElse(true);
    }

    private boolean isReady() {
        var health = operator.getRuntimeInfo();
        return health.isStarted()
                && health.allEventSourcesAreHealthy()
                && leadership.map(Leadership::isLeaderKnown).orElse(true);
    }

    void start() {
        operator.start();
    }

    private void lost() {
        if (!ending.get()) startAnew.run();
    }

    void stop() {
        ending.set(true);
        operator.stop();
        leadership.ifPresent(it -> it.release(client));
        probe.close();
        client.close();
    }
}
