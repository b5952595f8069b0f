package dev.lockstep.plugin;

/// Ends a verb with a [Problem].
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Refused(Problem.Kind kind, String place, String message, String remedy) {
        this(new Problem(kind, place, message, remedy));
    }

    Refused(Problem problem) {
        super(problem.line());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
