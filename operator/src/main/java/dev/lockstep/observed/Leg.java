package dev.lockstep.observed;

import dev.lockstep.handover.Order;
import java.util.Optional;
import java.util.stream.Stream;

/// How far a run may go on the way of its [Wish].
///
/// @param approved the plan that a person has said yes to
public record Leg(Order.Contract contract, Optional<String> approved) {

    /// @param word as the status has it; another edition's word is the most careful leg
    static Leg of(String word, Optional<String> approved) {
        var contract = Stream.of(Order.Contract.values())
                .filter(it -> it.name().equals(word))
                .findFirst();
        return new Leg(contract.orElse(Order.Contract.Hold), approved);
    }
}
