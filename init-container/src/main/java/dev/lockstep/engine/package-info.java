/// Carries a plan out: once, alone, restartable. Owns Flyway, which executes and records; what it sees is decided
/// here.
/// The door is [Engine][dev.lockstep.engine.Engine].
@NullMarked
package dev.lockstep.engine;

import org.jspecify.annotations.NullMarked;
