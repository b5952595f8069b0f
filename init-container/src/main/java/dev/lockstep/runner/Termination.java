package dev.lockstep.runner;

import dev.lockstep.handover.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// The kubelet's file for a container's last words; outside a container there is none and nothing is written.
final class Termination {
    private Termination() {}

    static void write(World world, String words) {
        var file = world.root().resolve(Places.TERMINATION.substring(1));
        if (!Files.isWritable(file)) {
            return;
        }
        try {
            Files.writeString(file, words, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            world.err().println("warning: " + file + " cannot be written, so nobody will read there how this ended");
        }
    }
}
