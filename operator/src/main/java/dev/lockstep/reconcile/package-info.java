/// Observe, decide, act, tell: the only package of the operator besides `operator` that talks to the API server. It
/// asks for what has to be known, leaves every question to the packages before it, and does what they say.
///
/// Its door is [Loop][dev.lockstep.reconcile.Loop].
@NullMarked
package dev.lockstep.reconcile;

import org.jspecify.annotations.NullMarked;
