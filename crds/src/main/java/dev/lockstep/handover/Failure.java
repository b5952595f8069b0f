package dev.lockstep.handover;

/// An expected failure. Holds no driver text, no row values and no credentials, so it may stand in a status or an
/// event.
///
/// @param code what kind it is
/// @param place `file:line`, an address, a Secret's key; empty where there is none
/// @param message what happened, one line
/// @param remedy what to do now, one line
public record Failure(Code code, String place, String message, String remedy) {

    /// One line for people: place, message, remedy.
    public String line() {
        var where = place.isEmpty() ? "" : place + ": ";
        var cure = remedy.isEmpty() ? "" : "; " + remedy;
        return where + message + cure;
    }
}
