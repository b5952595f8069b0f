package dev.lockstep.observed;

import dev.lockstep.handover.Order;
import dev.lockstep.resource.PodSelector;
import dev.lockstep.resource.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One complete wish: the Order, and what the Job needs besides.
///
/// @param order without the name of a run, for the first leg of the way
/// @param source the scripts
/// @param backups the claim that keeps backups
/// @param deadline after which the runner ends itself
/// @param contract what contract steps wait for
/// @param selector the app's pods, where they are waited for
/// @param windows in which a run may start
/// @param raised what the operator's policy makes stricter than it is written
/// @param fingerprint stands for all of the above; the runner's image is not in it, so that an upgrade starts
/// nothing
public record Wish(
        Order order,
        Source source,
        Optional<String> backups,
        Placement placement,
        Duration deadline,
        Spec.Contract.Gate contract,
        Optional<PodSelector> selector,
        Windows windows,
        List<String> raised,
        String fingerprint)
        implements Wanted {

    /// Who is waited for is not in the fingerprint, nor is when: another selector or window asks for no other run.
    static Wish of(
            Order order,
            Source source,
            Optional<String> backups,
            Placement placement,
            Floor.Terms terms,
            Optional<Spec.Contract> contract) {
        record Print(Order order, Optional<String> backups, Placement placement, Optional<Source> elsewhere) {}
        return new Wish(
                order,
                source,
                backups,
                placement,
                Duration.ofMillis(order.deadlineMillis()),
                terms.contract(),
                contract.map(Spec.Contract::podSelector),
                Windows.ANY,
                terms.said(),
                Wire.fingerprint(new Print(order, backups, placement, elsewhere(source))));
    }

    Wish within(Windows some) {
        return new Wish(order, source, backups, placement, deadline, contract, selector, some, raised, fingerprint);
    }

    /// Texts have their digest in the Order.
    private static Optional<Source> elsewhere(Source source) {
        return switch (source) {
            case Source.Texts texts -> Optional.empty();
            case Source.Claim claim -> Optional.of(claim);
            case Source.Image image -> Optional.of(image);
        };
    }
}
