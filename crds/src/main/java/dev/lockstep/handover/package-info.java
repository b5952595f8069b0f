/// What operator and runner tell each other: an [Order][dev.lockstep.handover.Order] goes down, a
/// [Report][dev.lockstep.handover.Report] comes up. Words only: no behaviour, no I/O, nothing but `java.*`, so
/// that
/// both
/// processes read them with whatever JSON library they already have. Absent is `Optional`, durations are
/// milliseconds.
@NullMarked
package dev.lockstep.handover;

import org.jspecify.annotations.NullMarked;
