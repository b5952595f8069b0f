package dev.lockstep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import dev.lockstep.handover.Order;
import dev.lockstep.observed.Leg;
import dev.lockstep.observed.Past;
import dev.lockstep.observed.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Past.End END = new Past.End(NOW, new Result.Done(), "");
    private static final Past.Ran RAN =
            new Past.Ran("job", "f00d", 1, 1, new Leg(Order.Contract.Go, Optional.empty()), NOW, Optional.of(END));

    @Test
    void what_is_settled_is_looked_at_again_only_for_scripts_that_no_watch_tells_of() {
        var rest = new Decision.Rest(RAN, END);

        assertThat(Pace.after(rest, false, NOW)).isEmpty();
        assertThat(Pace.after(rest, true, NOW)).contains(Duration.ofSeconds(30));
    }
}
