/// The Job that carries an Order, and the ConfigMap with its scripts. Pure: values in, fabric8 objects out.
///
/// Its door is [RunnerJob][dev.lockstep.job.RunnerJob].
@NullMarked
package dev.lockstep.job;

import org.jspecify.annotations.NullMarked;
