package dev.lockstep.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/// The series of one gauge, made anew at each scrape.
///
/// @param labels their names, in the order in which [#add] takes their values
record Family(GaugeSnapshot.Builder series, List<String> labels) {

    static Family of(String name, String what, String... labels) {
        return new Family(GaugeSnapshot.builder().name(name).help(what), List.of(labels));
    }

    Family add(Number value, String... values) {
        series.dataPoint(GaugeDataPointSnapshot.builder()
                .value(value.doubleValue())
                .labels(Labels.of(labels, List.of(values)))
                .build());
        return this;
    }

    Family add(boolean yes, String... values) {
        return add(yes ? 1 : 0, values);
    }

    GaugeSnapshot build() {
        return series.build();
    }
}
