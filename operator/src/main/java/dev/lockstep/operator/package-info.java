/// The process: reads its settings once, joins the parts, starts and ends them.
@NullMarked
package dev.lockstep.operator;

import org.jspecify.annotations.NullMarked;
