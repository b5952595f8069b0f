package dev.lockstep.plugin;

import dev.lockstep.resource.Status;
import java.time.Duration;

/// How far a run is, on one line.
final class Walk {
    private Walk() {}

    static String text(Status.Progress it) {
        var step = it.step() == null ? "" : "step " + it.step() + (it.steps() == null ? "" : "/" + it.steps());
        return step + rows(it) + speed(it) + left(it);
    }

    private static String rows(Status.Progress it) {
        if (it.rows() == null || it.rows() == 0) return "";
        return it.rowsTotal() == null
                ? " " + Measure.count(it.rows()) + " rows"
                : " " + Bar.of(it.rows(), it.rowsTotal()) + " " + Measure.count(it.rows()) + " of about "
                        + Measure.count(it.rowsTotal()) + " rows";
    }

    private static String speed(Status.Progress it) {
        return it.rowsPerSecond() == null ? "" : ", " + Measure.count(it.rowsPerSecond()) + " rows/s";
    }

    private static String left(Status.Progress it) {
        return it.etaSeconds() == null ? "" : ", about " + Measure.time(Duration.ofSeconds(it.etaSeconds())) + " left";
    }
}
