package dev.lockstep.plugin;

import java.util.Optional;

/// What has to be taken away when the process ends, also by Ctrl-C: the hook of [Main] does it then. What is being made
/// at that moment is waited for, so that nothing comes into being after the hook has looked.
final class Leftovers {
    private Optional<Runnable> removal = Optional.empty();
    private boolean ended;

    /// Makes something, unless the process ends already.
    synchronized void make(Runnable making, Runnable removing) {
        if (ended) return;
        removal = Optional.of(removing);
        making.run();
    }

    /// Takes it away, once.
    synchronized void remove() {
        removal.ifPresent(Runnable::run);
        removal = Optional.empty();
    }

    /// The process ends: takes away what is there, and lets nothing more come.
    synchronized void end() {
        ended = true;
        remove();
    }
}
