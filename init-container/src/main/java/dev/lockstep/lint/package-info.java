/// What a statement creates, loses and breaks; on that rests a script's default phase. Pure: it reads tokens,
/// never a
/// database.
/// The doors are [Verdict][dev.lockstep.lint.Verdict] and [Lint][dev.lockstep.lint.Lint].
@NullMarked
package dev.lockstep.lint;

import org.jspecify.annotations.NullMarked;
