package dev.lockstep.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives the class its cluster. Its tests may ask for a [Cluster], for a [Namespace] of their own, for a
/// [PostgresPod] in it, and for the [Installed] chart, as parameters. What `@BeforeAll` asks for is the whole
/// class's. `LOCKSTEP_KUBECONFIG` names the cluster; without it one is started by Testcontainers.
/// Where neither works the class is skipped with one loud line, or fails under `LOCKSTEP_REQUIRE_CLUSTER=1`.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("cluster")
@ExtendWith(ClusterExtension.class)
public @interface OnCluster {}
