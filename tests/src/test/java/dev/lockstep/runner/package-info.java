/// The command line against real databases: one conformance suite for all of them, and what only one of them has.
/// Lies in the package of what it drives, because a run's surroundings are handed in there.
@NullMarked
package dev.lockstep.runner;

import org.jspecify.annotations.NullMarked;
