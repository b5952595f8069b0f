package dev.lockstep.cluster;

import java.util.concurrent.atomic.AtomicBoolean;

/// A line that is said once, however many classes have cause to.
record Notice(AtomicBoolean said) {
    Notice() {
        this(new AtomicBoolean());
    }

    void say(String line) {
        if (said.compareAndSet(false, true)) System.err.println("\n>>> " + line + "\n");
    }
}
