/// What `ALTER TABLE` does to the text of a SQLite table. Pure: it reads and writes texts, never a database; the steps
/// around the text are the dialect's.
/// The doors are [Alter][dev.lockstep.rebuild.Alter] and [Change][dev.lockstep.rebuild.Change].
@NullMarked
package dev.lockstep.rebuild;

import org.jspecify.annotations.NullMarked;
