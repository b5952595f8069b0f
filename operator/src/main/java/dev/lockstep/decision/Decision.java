package dev.lockstep.decision;

import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Order;
import dev.lockstep.observed.Leg;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Past;
import dev.lockstep.observed.Run;
import dev.lockstep.observed.Wanted;
import dev.lockstep.observed.Wish;
import dev.lockstep.observed.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What to do now.
public sealed interface Decision {

    /// Start a run.
    ///
    /// @param leg how far it may go
    /// @param number the how-manieth of the resource
    /// @param attempt the how-manieth at this wish
    /// @param scripts what a leg before it has read
    /// @param words of a person that it answers
    /// @param external a backup that somebody else has taken
    /// @param checks instead, it only looks whether the schema has drifted
    record Start(
            Wish wish,
            Leg leg,
            int number,
            int attempt,
            Optional<String> scripts,
            Words words,
            Optional<String> external,
            boolean checks)
            implements Decision {
        /// The Order of the run of that name.
        public Order order(String name) {
            var order = ordered(name);
            return checks
                    ? order.checking()
                    : words.amend().map(order::amending).orElse(order);
        }

        /// What stands for what is ordered. An amendment is not the wish, which is begun anew after it; nor is a check.
        public String fingerprint() {
            if (checks) return Order.DRIFT;
            return words.amend().isPresent() ? Order.AMEND : wish.fingerprint();
        }

        private Order ordered(String name) {
            return wish.order()
                    .on(
                            name,
                            leg.contract(),
                            leg.approved(),
                            scripts,
                            words.takeOver().isPresent(),
                            external);
        }
    }

    /// Take away a run whose pod cannot start and which nobody wants any more, so that the next may start.
    record Replace(Run stuck) implements Decision {}

    /// A run is at work, or about to be.
    record Wait(Run run) implements Decision {}

    /// The last attempt failed by no fault of the author; the next follows at that time.
    record Retry(Past.Ran failed, Past.End end, Instant at) implements Decision {}

    /// The newest run has settled the wish, for good or bad: nothing happens until something changes.
    record Rest(Past.Ran run, Past.End end) implements Decision {}

    /// What may run has run; the rest waits for pods or for a person.
    ///
    /// @param run the newest
    /// @param waiting for whom
    record Await(Past.Ran run, Past.End end, Waiting waiting) implements Decision {}

    /// There is no wish that could be carried out.
    record Ask(Failure failure) implements Decision {}

    /// The resource is suspended and nothing is at work.
    record Hold() implements Decision {}

    /// There is something to run, and no window is open.
    ///
    /// @param opens the next; absent where none ever will
    record Closed(Optional<Instant> opens) implements Decision {}

    /// What the steps wait for that are left.
    sealed interface Waiting {
        /// Code that is alive and would break.
        ///
        /// @param lines who, and what it declares
        record Pods(List<String> lines) implements Waiting {}

        /// A person's yes to the plan of that hash.
        record Word(String hash) implements Waiting {}
    }

    static Decision of(Observed observed) {
        var active = observed.runs().stream().filter(Run::isActive).findFirst();
        if (active.isPresent()) return about(active.get(), observed);
        var next = next(observed);
        if (observed.suspended() && !(next instanceof Rest)) return new Hold();
        if (next instanceof Start start) {
            return observed.checks()
                    .active()
                    .map(it -> about(it, observed))
                    .orElseGet(() -> inWindow(start, observed.now()));
        }
        return next instanceof Rest || next instanceof Await ? check(observed).orElse(next) : next;
    }

    /// It changes nothing, so no window has to be open for it, and nobody's word is acted on.
    private static Optional<Decision> check(Observed observed) {
        if (!(observed.wanted() instanceof Wish wish) || !observed.checks().isDue(observed.now())) {
            return Optional.empty();
        }
        var leg = new Leg(Order.Contract.Hold, Optional.empty());
        return Optional.of(
                new Start(wish, leg, observed.nextNumber(), 1, Optional.empty(), Words.NONE, Optional.empty(), true));
    }

    /// What two persons have agreed on now is not put off.
    private static Decision inWindow(Start start, Instant now) {
        if (start.words().amend().isPresent()) return start;
        var windows = start.wish().windows();
        return windows.isOpen(now) ? start : new Closed(windows.opens(now));
    }

    /// A container at work is never taken away, wanted or not: it holds the database's lock and ends by itself.
    /// One that cannot start is, as soon as another order or another image may help, or a person says so.
    private static Decision about(Run active, Observed observed) {
        var stuck = active.phase() instanceof Run.Phase.Pending(var obstacle) && obstacle.isPresent();
        return stuck && isMended(active, observed) && !observed.suspended() ? new Replace(active) : new Wait(active);
    }

    /// What two persons have agreed on is given up for other words of theirs alone.
    private static boolean isMended(Run active, Observed observed) {
        if (active.words().amend().isPresent()) return observed.words().amend().isPresent();
        return observed.wanted() instanceof Wish wish
                && (observed.words().retry().isPresent()
                        || !(active.current() && wish.fingerprint().equals(active.order())));
    }

    private static Decision next(Observed observed) {
        return switch (observed.wanted()) {
            case Wanted.Unclear(var failure) -> new Ask(failure);
            case Wish wish ->
                observed.petition()
                        .filter(it -> observed.approvals().contains(it.hash()))
                        .<Decision>map(it -> amend(it.words(), it.hash(), wish, observed))
                        .orElseGet(() -> new Way(wish, observed).onward());
        };
    }

    private static Start amend(String words, String hash, Wish wish, Observed observed) {
        return new Start(
                wish,
                new Leg(Order.Contract.Hold, Optional.of(hash)),
                observed.nextNumber(),
                1,
                Optional.empty(),
                Words.amending(words),
                Optional.empty(),
                false);
    }
}
