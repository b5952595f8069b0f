/// What a person writes and reads in the cluster: [SchemaMigration][dev.lockstep.resource.SchemaMigration] with
/// its
/// spec
/// and status. The CRD is generated from these records, so every component carries the sentence that `kubectl
/// explain`
/// shows. Shapes only: no behaviour, and nothing is defaulted here that the API server defaults.
///
/// A field that a person may leave out is `@Nullable`; only the package `observed` reads those.
@NullMarked
package dev.lockstep.resource;

import org.jspecify.annotations.NullMarked;
