/// One process: the command line's verbs and the Order of a Job come in, text, JSON, a Report and an exit code go
/// out.
/// The door is [Main][dev.lockstep.runner.Main].
@NullMarked
package dev.lockstep.runner;

import org.jspecify.annotations.NullMarked;
