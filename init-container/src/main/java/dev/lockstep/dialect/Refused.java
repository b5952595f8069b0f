package dev.lockstep.dialect;

import dev.lockstep.handover.Refusal;
import java.sql.SQLException;

/// Carries a [Refusal] through code that knows only SQL's exception; [Dialect#refusal] takes it out again, and gives it
/// a place if it has none.
public final class Refused extends SQLException {
    private static final long serialVersionUID = 1;

    private final transient Refusal why;

    public Refused(Refusal why) {
        super(why.failure().message());
        this.why = why;
    }

    Refusal at(String place) {
        var failure = why.failure();
        return new Refusal(
                failure.code(),
                failure.place().isEmpty() ? place : failure.place(),
                failure.message(),
                failure.remedy());
    }
}
