/// What differs between databases: addresses, sessions, the meaning of errors. The only place with SQL text of
/// ours.
/// The door is [Dialect][dev.lockstep.dialect.Dialect].
@NullMarked
package dev.lockstep.dialect;

import org.jspecify.annotations.NullMarked;
