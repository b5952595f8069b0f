/// Other ways to start the operator.
@NullMarked
package dev.lockstep.operator;

import org.jspecify.annotations.NullMarked;
