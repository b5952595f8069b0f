package dev.lockstep.reconcile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of the loop: one line a change, with keys and values.
interface Log {
    Logger LOOP = LoggerFactory.getLogger("dev.lockstep.loop");
}
