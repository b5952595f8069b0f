/// The rules of this repository about its own files. A rule that is not here is not a rule. Every rule is a
/// function
/// from
/// what was read to the lines that break it, and is shown to see a violation before it is trusted with the
/// repository.
@NullMarked
package dev.lockstep.tidy;

import org.jspecify.annotations.NullMarked;
