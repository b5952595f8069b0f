/// Takes and verifies backups. A backup's final name exists only once every byte of it was read back.
/// The door is [Backups][dev.lockstep.backup.Backups].
@NullMarked
package dev.lockstep.backup;

import org.jspecify.annotations.NullMarked;
