package dev.lockstep.observed;

import dev.lockstep.handover.Order;
import dev.lockstep.resource.Spec;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// One complete wish: the Order, and what the Job needs besides.
///
/// @param order without the name of a run, for the first leg of the way
/// @param files the scripts by name
/// @param backups the claim that keeps backups
/// @param deadline after which the runner ends itself
/// @param contract what contract steps wait for
/// @param selector the app's pods, where they are waited for
/// @param fingerprint stands for all of the above; the runner's image is not in it, so that an upgrade starts
/// nothing
public record Wish(
        Order order,
        Map<String, String> files,
        Optional<String> backups,
        Placement placement,
        Duration deadline,
        Spec.Contract.Gate contract,
        Optional<LabelSelector> selector,
        String fingerprint)
        implements Wanted {

    /// Who is waited for is not in the fingerprint: another selector asks for no other run.
    static Wish of(
            Order order,
            Map<String, String> files,
            Optional<String> backups,
            Placement placement,
            Optional<Spec.Contract> contract) {
        record Print(Order order, Optional<String> backups, Placement placement) {}
        return new Wish(
                order,
                files,
                backups,
                placement,
                Duration.ofMillis(order.deadlineMillis()),
                Wishes.gate(contract),
                contract.map(Spec.Contract::podSelector),
                Wire.fingerprint(new Print(order, backups, placement)));
    }
}
