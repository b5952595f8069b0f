package dev.lockstep.engine;

import dev.lockstep.backup.Backup;
import dev.lockstep.plan.Step;
import java.time.Duration;
import java.util.Optional;

/// What a run tells while it works. Free of row values, but for [Detail].
public sealed interface Event {

    /// Told to whoever watches.
    interface Listener {
        void hear(Event event);
    }

    /// Another session has the lock.
    record WaitingForLock(String place) implements Event {}

    record BackingUp(String place) implements Event {}

    record BackedUp(Backup backup) implements Event {}

    /// @param number from 1
    record Starting(Step step, int number, int count) implements Event {}

    /// A batch is at work.
    ///
    /// @param rows walked so far, earlier runs included
    /// @param total about so many; absent without statistics
    /// @param speed rows a second in this run
    record Progress(Step step, long rows, Optional<Long> total, long speed) implements Event {
        /// Seconds to the end at this speed; absent where statistics tell of no more rows.
        public Optional<Long> left() {
            return total.filter(all -> all > rows && speed > 0).map(all -> (all - rows) / speed);
        }
    }

    /// A batch that was applied goes through its table once more, before this script drops what it was filled from.
    record Sweeping(String batch, String drop) implements Event {}

    /// @param rows that had been written since
    record Swept(long rows) implements Event {}

    /// A replica is so far behind that a batch waits for it.
    record Lagging(Duration by) implements Event {}

    record Finished(Applied applied) implements Event {}

    /// A statement has waited so long for somebody, and goes on waiting.
    record Waiting(String place, Duration since, String blocker) implements Event {}

    /// Somebody holds a lock that a script needs.
    record Blocked(String file, int attempt, String blocker) implements Event {}

    /// The database's or a tool's own words: for the log alone.
    record Detail(String text) implements Event {}
}
