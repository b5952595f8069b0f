/// `kubectl lockstep`: what a person asks of the cluster, and is told. Verbs read the API server's objects into a
/// [Standing][dev.lockstep.plugin.Standing], pure functions make lines of it, and [Api][dev.lockstep.plugin.Api]
/// alone talks to the server, as the person and with no right of its own.
///
/// Its door is [Main][dev.lockstep.plugin.Main].
@NullMarked
package dev.lockstep.plugin;

import org.jspecify.annotations.NullMarked;
