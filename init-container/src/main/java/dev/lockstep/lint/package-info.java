/// What a statement creates, loses and breaks; on that rests a script's default phase. Pure: it reads tokens,
/// never a
/// database.
/// The door is [Verdict][dev.lockstep.lint.Verdict].
@NullMarked
package dev.lockstep.lint;

import org.jspecify.annotations.NullMarked;
