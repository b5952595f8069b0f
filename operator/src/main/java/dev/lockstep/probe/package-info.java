/// Live, ready and metrics over HTTP, by the JDK's own server. Knows nothing of resources.
@NullMarked
package dev.lockstep.probe;

import org.jspecify.annotations.NullMarked;
