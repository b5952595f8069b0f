package dev.lockstep.runner;

/// PostgreSQL 18, the other half of [Postgresql18Test].
@Half(number = 1)
final class Postgresql18OtherTest extends Postgresql18Test {}
