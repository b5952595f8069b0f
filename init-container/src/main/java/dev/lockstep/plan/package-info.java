/// Graph minus history, toward a target: the steps in their order, and those that have to wait. Pure.
/// The door is [Plan][dev.lockstep.plan.Plan].
@NullMarked
package dev.lockstep.plan;

import org.jspecify.annotations.NullMarked;
