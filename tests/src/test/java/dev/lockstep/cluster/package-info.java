/// The whole of it on a real Kubernetes: operator, runs, chart, databases, and what a person sees of them. A class
/// marked [OnCluster][dev.lockstep.cluster.OnCluster] gets the suite's one cluster and a namespace of its own.
@NullMarked
package dev.lockstep.cluster;

import org.jspecify.annotations.NullMarked;
