package dev.lockstep.engine;

import dev.lockstep.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A script that ran.
///
/// @param took the attempt that succeeded
/// @param attempts how often its transaction was begun
/// @param rows that a batch has covered, earlier runs included; absent for what is no batch
public record Applied(Step step, Duration took, int attempts, Optional<Long> rows, Instant at) {}
