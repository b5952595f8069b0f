package dev.lockstep.job;

import dev.lockstep.handover.Digest;
import java.util.Map;

/// Names a run after its resource, its order and its number, so that starting the same run twice makes one Job.
final class JobName {
    /// What an Order grants its run's name.
    private static final int LENGTH_MAX = 40;

    /// 48 bits: names of one resource only have to differ among each other.
    private static final int HASH = 12;

    private JobName() {}

    static String of(String resource, String fingerprint, int number) {
        var hash = Digest.of(Map.of(fingerprint, Integer.toString(number))).substring(0, HASH);
        return stem(resource, LENGTH_MAX - HASH - 1) + "-" + hash;
    }

    /// Dots are allowed in a Job's name but not in its pod's host name.
    private static String stem(String resource, int max) {
        var cut = resource.substring(0, Math.min(resource.length(), max)).replace('.', '-');
        return cut.replaceFirst("-+$", "");
    }
}
