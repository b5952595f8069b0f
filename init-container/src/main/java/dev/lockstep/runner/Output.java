package dev.lockstep.runner;

/// How a verb tells its result on standard output.
enum Output {
    text,
    json
}
