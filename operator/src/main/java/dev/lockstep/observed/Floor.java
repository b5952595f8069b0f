package dev.lockstep.observed;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.resource.Runner;
import dev.lockstep.resource.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// How lax a resource may be at most, as the operator is told. What is laxer is raised to this; nothing is lowered.
///
/// @param serviceAccounts that runs may have; empty: any
public record Floor(Spec.Approval approval, Spec.Contract.Gate contract, Set<String> serviceAccounts) {
    /// Everything goes.
    public static final Floor NONE = new Floor(Spec.Approval.Never, Spec.Contract.Gate.Immediately, Set.of());

    /// Kubernetes' own, where a pod names none.
    private static final String DEFAULT = "default";

    /// What holds for one resource.
    ///
    /// @param each contract step needs a person's word
    /// @param said what was raised, a sentence each
    record Terms(Spec.Approval approval, Spec.Contract.Gate contract, boolean each, List<String> said) {}

    Terms over(Spec spec) {
        var said = new ArrayList<String>();
        var asks = Absent.or(spec.approval(), Spec.Approval.Destructive);
        if (asks.compareTo(approval) < 0) said.add("approval: " + asks + " is raised to " + approval);
        var gate = gate(Optional.ofNullable(spec.contract()));
        var raised = raised(gate);
        if (gate != raised) said.add("contract.when: " + gate + " is raised to " + raised);
        boolean byPods = raised == Spec.Contract.Gate.RolledOut;
        if (byPods && contract == Spec.Contract.Gate.Approved) {
            said.add("contract.when: RolledOut needs an approval of each contract step besides");
        }
        boolean each = !byPods && raised == Spec.Contract.Gate.Approved || contract == Spec.Contract.Gate.Approved;
        return new Terms(asks.compareTo(approval) < 0 ? approval : asks, raised, each, List.copyOf(said));
    }

    private static Spec.Contract.Gate gate(Optional<Spec.Contract> contract) {
        var pods = contract.map(Spec.Contract::podSelector).isPresent();
        return contract.map(Spec.Contract::when)
                .orElse(pods ? Spec.Contract.Gate.RolledOut : Spec.Contract.Gate.Approved);
    }

    /// `Immediately` knows no pods to wait for, so that only a person can be asked in its place.
    private Spec.Contract.Gate raised(Spec.Contract.Gate gate) {
        return switch (gate) {
            case RolledOut, Approved -> gate;
            case Immediately -> contract == gate ? gate : Spec.Contract.Gate.Approved;
        };
    }

    /// Why a run may not have the service account that is asked for.
    Optional<Failure> refusal(Spec spec) {
        var account = Optional.ofNullable(spec.runner())
                .map(Runner::serviceAccountName)
                .orElse(DEFAULT);
        if (serviceAccounts.isEmpty() || serviceAccounts.contains(account)) return Optional.empty();
        return Optional.of(new Failure(
                Code.PolicyRefused,
                "spec.runner.serviceAccountName",
                "the operator's policy does not allow service account " + account,
                "name one of " + String.join(", ", new TreeSet<>(serviceAccounts))
                        + ", or have policy.serviceAccounts of the operator's chart changed"));
    }
}
