/// All that is known about one resource at one moment, as values that cannot be wrong. The only reader of
/// nullable
/// fields: what comes in are the API server's objects, what goes out has no null. Asks nobody and decides
/// nothing.
///
/// Its door is [Observed][dev.lockstep.observed.Observed].
@NullMarked
package dev.lockstep.observed;

import org.jspecify.annotations.NullMarked;
