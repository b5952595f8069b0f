/// What the operator counts, and what it says of the resources when it is asked: the text that Prometheus reads. Every
/// label has a closed set of values but `namespace` and `name`, which only the series of single resources have.
///
/// Its door is [Metrics][dev.lockstep.metrics.Metrics].
@NullMarked
package dev.lockstep.metrics;

import org.jspecify.annotations.NullMarked;
