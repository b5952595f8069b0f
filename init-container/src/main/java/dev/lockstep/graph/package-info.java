/// Revisions and their parents: order, heads, ancestors, what a target stands for. Pure.
/// The door is [Graph][dev.lockstep.graph.Graph].
@NullMarked
package dev.lockstep.graph;

import org.jspecify.annotations.NullMarked;
