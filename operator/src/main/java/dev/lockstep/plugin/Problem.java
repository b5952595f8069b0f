package dev.lockstep.plugin;

/// Why a verb did not do what it was asked for. Its words are for people.
///
/// @param kind decides the exit status
/// @param place which object, option or address
/// @param message what happened, one line
/// @param remedy what to do now, one line
record Problem(Kind kind, String place, String message, String remedy) {

    /// What went wrong, and the exit status that tells a script so. 1 and 3 are the answers of `status`.
    enum Kind {
        Usage(2, "An option, a name or a value cannot be understood."),
        Unreachable(4, "The API server cannot be reached, or does not answer in time."),
        Unanswered(5, "A yes is needed, and nobody has given it."),
        Forbidden(6, "The API server does not let you."),
        NotFound(7, "What is named is not there."),
        NotNow(8, "What is there does not allow it now, or has changed meanwhile."),
        Defect(70, "The command has a defect.");

        private final int exit;
        private final String meaning;

        Kind(int exit, String meaning) {
            this.exit = exit;
            this.meaning = meaning;
        }

        int exit() {
            return exit;
        }

        /// One sentence, as the guide has it.
        String meaning() {
            return meaning;
        }
    }

    /// What, where, and what to do now.
    String line() {
        var where = place.isEmpty() ? "" : place + ": ";
        var cure = remedy.isEmpty() ? "" : "; " + remedy;
        return Plain.of(kind + ": " + where + message + cure);
    }
}
