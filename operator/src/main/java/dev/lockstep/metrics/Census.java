package dev.lockstep.metrics;

import dev.lockstep.observed.Standing;
import dev.lockstep.resource.SchemaMigration;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Says at each scrape where the resources stand. Nothing is kept between two scrapes: ten thousand resources would
/// cost
/// some 20 MB as meters.
final class Census implements MultiCollector {
    private final String version;
    private final boolean perResource;
    private final BooleanSupplier leads;
    private final InstantSource clock;
    private volatile Supplier<Stream<SchemaMigration>> cache = Stream::empty;

    Census(String version, boolean perResource, BooleanSupplier leads, InstantSource clock) {
        this.version = version;
        this.perResource = perResource;
        this.leads = leads;
        this.clock = clock;
    }

    void watch(Supplier<Stream<SchemaMigration>> resources) {
        cache = resources;
    }

    /// Those that stand by know the resources too; each would be counted once a replica.
    @Override
    public MetricSnapshots collect() {
        var isLeader = leads.getAsBoolean();
        var all = new ArrayList<MetricSnapshot>();
        all.add(build());
        all.add(Family.of("lockstep_leader", "Whether this process is the one that acts.")
                .add(isLeader)
                .build());
        if (isLeader) all.addAll(resources());
        return new MetricSnapshots(all);
    }

    private InfoSnapshot build() {
        return InfoSnapshot.builder()
                .name("lockstep_build")
                .help("The operator that runs.")
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of("version", version))
                        .build())
                .build();
    }

    private List<MetricSnapshot> resources() {
        var now = clock.instant();
        var standings = cache.get().map(Standing::of).toList();
        var totals = Totals.of(standings, now);
        var single = perResource ? Roster.of(standings, now) : Stream.<MetricSnapshot>empty();
        return Stream.concat(totals, single).toList();
    }
}
