package dev.lockstep.engine;

import dev.lockstep.plan.Step;
import java.time.Duration;
import java.time.Instant;

/// A script that ran.
///
/// @param took the attempt that succeeded
/// @param attempts how often its transaction was begun
public record Applied(Step step, Duration took, int attempts, Instant at) {}
