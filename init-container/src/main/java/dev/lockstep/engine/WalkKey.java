package dev.lockstep.engine;

import dev.lockstep.dialect.Ranges;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Batch;
import java.util.List;
import java.util.function.Supplier;

/// By which columns a batch walks its table.
record WalkKey(Session session, Ranges ranges) {

    /// @throws Refusal `ScriptInvalid`, if there are none that lead to every row
    List<String> of(Batch batch, Supplier<String> place) throws Refusal {
        var key = batch.key().isEmpty() ? found(batch, place) : batch.key();
        if (session.on(connection -> ranges.skips(connection, batch.table(), key))) {
            throw new Refusal(
                    Code.ScriptInvalid,
                    place.get(),
                    batch.table() + " has rows without a value in " + String.join(", ", key)
                            + ", by which it is walked: they would be left out",
                    "name a key that every row has: key=a,b");
        }
        return key;
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
