/// What the resource is told to say: conditions, columns, events. Pure. Holds no driver text: messages come from
/// [Failure][dev.lockstep.handover.Failure]s and from the API server.
///
/// Its door is [Telling][dev.lockstep.status.Telling].
@NullMarked
package dev.lockstep.status;

import org.jspecify.annotations.NullMarked;
