package dev.lockstep.engine;

import dev.lockstep.dialect.Ranges;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Batch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// By which columns a batch walks its table.
record WalkKey(Session session, Ranges ranges, Attempts attempts, Duration timeout) {

    /// @throws Refusal `ScriptInvalid`, if there are none that lead to every row
    List<String> of(Batch batch, Supplier<String> place) throws Refusal {
        var key = batch.key().isEmpty() ? found(batch, place) : batch.key();
        if (skips(batch, key, place)) {
            throw new Refusal(
                    Code.ScriptInvalid,
                    place.get(),
                    batch.table() + " has rows without a value in " + String.join(", ", key)
                            + ", by which it is walked: they would be left out",
                    "name a key that every row has: key=a,b");
        }
        return key;
    }

    /// A column that is not there is told at the script, as the range's statement would be.
    private boolean skips(Batch batch, List<String> key, Supplier<String> place) throws Refusal {
        var skips = new AtomicBoolean();
        attempts.until(place, timeout, () -> skips.set(ranges.skips(session.connection(), batch.table(), key)));
        return skips.get();
    }

    private List<String> found(Batch batch, Supplier<String> place) throws Refusal {
        var found = session.on(connection -> ranges.key(connection, batch.table()));
        if (found.isEmpty()) {
            throw new Refusal(
                    Code.ScriptInvalid,
                    place.get(),
                    batch.table() + " has no key to walk it by",
                    "give it a primary key, or name the columns of a unique index: key=a,b; or walk it page by page"
                            + " with key=ctid, if the WHERE leaves out the rows that are done");
        }
        return found;
    }
}
