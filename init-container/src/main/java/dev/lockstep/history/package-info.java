/// What this database says it has had: Flyway's table is read, `lockstep_schema` is read and added to.
/// The door is [History][dev.lockstep.history.History].
@NullMarked
package dev.lockstep.history;

import org.jspecify.annotations.NullMarked;
