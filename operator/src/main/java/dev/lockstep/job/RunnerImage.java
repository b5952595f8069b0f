package dev.lockstep.job;

/// What the run's container is started from.
///
/// @param pullPolicy as Kubernetes spells it: `Always`, `IfNotPresent`, `Never`
public record RunnerImage(String reference, String pullPolicy) {}
