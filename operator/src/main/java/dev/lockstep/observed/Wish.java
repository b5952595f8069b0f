package dev.lockstep.observed;

import dev.lockstep.handover.Order;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// One complete wish: the Order, and what the Job needs besides.
///
/// @param order without the name of a run
/// @param files the scripts by name
/// @param backups the claim that keeps backups
/// @param deadline after which the runner ends itself
/// @param fingerprint stands for all of the above; the runner's image is not in it, so that an upgrade starts
/// nothing
public record Wish(
        Order order,
        Map<String, String> files,
        Optional<String> backups,
        Placement placement,
        Duration deadline,
        String fingerprint)
        implements Wanted {

    static Wish of(Order order, Map<String, String> files, Optional<String> backups, Placement placement) {
        record Print(Order order, Optional<String> backups, Placement placement) {}
        var print = Wire.fingerprint(new Print(order, backups, placement));
        return new Wish(order, files, backups, placement, Duration.ofMillis(order.deadlineMillis()), print);
    }

    /// The Order for the run of that name.
    public Order order(String run) {
        return new Order(
                order.v(),
                run,
                order.verb(),
                order.resource(),
                order.database(),
                order.files(),
                order.target(),
                order.approval(),
                order.contract(),
                order.locks(),
                order.backup(),
                order.deadlineMillis(),
                order.takesOver());
    }
}
