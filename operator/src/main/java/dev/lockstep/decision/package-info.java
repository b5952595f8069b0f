/// What to do about a resource, from what is known of it. Pure and total: every
/// [Observed][dev.lockstep.observed.Observed]
/// has exactly one [Decision][dev.lockstep.decision.Decision], and the same one every time.
@NullMarked
package dev.lockstep.decision;

import org.jspecify.annotations.NullMarked;
