package dev.lockstep.metrics;

import dev.lockstep.observed.Observed;
import dev.lockstep.resource.SchemaMigration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Counts what happens, since this process began; what it says of resources it reads out of the watch's cache
/// when it is asked, so that nothing of it can be old or be left over.
public final class Metrics {
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Runs runs = new Runs(meters);
    private final Answers answers = new Answers(meters);
    private final Counter refused =
            counter(meters, "lockstep.jobs.refused", "Jobs that the API server would not have.");
    private final Counter told = counter(meters, "lockstep.status.writes", "Statuses that were sent.");
    private final Counter failed = counter(
            meters, "lockstep.looks.failed", "Looks at a resource that broke off; each is taken again after a pause.");
    private final Census census;

    /// @param version the operator's own
    /// @param perResource whether each resource has series of its own
    /// @param leads whether this process is the one that acts; one that is not says nothing of resources
    public Metrics(String version, boolean perResource, BooleanSupplier leads, InstantSource clock) {
        census = new Census(version, perResource, leads, clock);
        new JvmMemoryMetrics().bindTo(meters);
        meters.getPrometheusRegistry().register(census);
    }

    static Counter counter(MeterRegistry meters, String name, String what, String... tags) {
        return Counter.builder(name).description(what).tags(tags).register(meters);
    }

    /// Where the resources are read from.
    ///
    /// @param cache asked at each scrape
    public void watch(Supplier<Stream<SchemaMigration>> cache) {
        census.watch(cache);
    }

    /// One look at one resource: the ends in it that are new are counted.
    public void seen(Observed observed) {
        runs.ended(observed);
    }

    /// A Job was made that was not there before.
    ///
    /// @param order fingerprint of what it carries out
    public void started(String order) {
        runs.started(order);
    }

    /// The API server would not have a Job.
    public void refused() {
        refused.increment();
    }

    /// A status is sent.
    public void told() {
        told.increment();
    }

    /// A look broke off.
    public void failed() {
        failed.increment();
    }

    /// The API server has answered.
    ///
    /// @param status of HTTP
    public void answered(int status) {
        answers.count(status);
    }

    /// The API server has not answered.
    public void unanswered() {
        answers.countNone();
    }

    /// Everything, in Prometheus' text format 0.0.4.
    public String scrape() {
        return meters.scrape();
    }
}
