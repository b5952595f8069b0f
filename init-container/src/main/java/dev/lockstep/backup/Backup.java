package dev.lockstep.backup;

import java.time.Instant;

/// A finished, verified backup.
///
/// @param name file in the folder
/// @param sha256 lower-case hex; also in `<name>.sha256`, as `sha256sum -c` reads it
/// @param revision the history's head that it belongs to; empty for a history without rows
/// @param reused taken by an earlier run from the same head
public record Backup(String name, long bytes, String sha256, Instant at, String revision, boolean reused) {}
