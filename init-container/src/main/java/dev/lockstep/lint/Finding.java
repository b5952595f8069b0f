package dev.lockstep.lint;

import java.util.List;

/// What a rule has to say about a place in a script.
///
/// @param line from 1
/// @param message what happens to whom, with names
/// @param instead what to write or type in its place, one thing a line; empty where nothing is surely better
public record Finding(Rule rule, String file, int line, String message, List<String> instead) {
    public Finding {
        instead = List.copyOf(instead);
    }
}
