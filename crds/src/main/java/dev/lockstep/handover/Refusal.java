package dev.lockstep.handover;

/// Carries a [Failure] from where it was found to the edge that tells it. Checked, so that no caller can overlook
/// it;
/// without a stack trace, because it is an answer and no defect.
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    public Refusal(Failure failure) {
        super(failure.line(), null, false, false);
        this.failure = failure;
    }

    public Refusal(Code code, String place, String message, String remedy) {
        this(new Failure(code, place, message, remedy));
    }

    public Failure failure() {
        return failure;
    }
}
