package dev.lockstep.runner;

import dev.lockstep.engine.Applied;
import dev.lockstep.engine.Event;
import dev.lockstep.handover.Progress;
import dev.lockstep.plan.Step;
import java.util.Optional;
import java.util.OptionalLong;

/// Tells a run to people and, in lines between, to the operator: [Progress].
final class ProgressLog implements Event.Listener {
    private final Screen screen;
    private Progress.Work work = Progress.Work.Expanding;
    private int step;
    private int steps;
    private Progress last = Progress.SAVING;

    ProgressLog(Screen screen) {
        this.screen = screen;
    }

    @Override
    public synchronized void hear(Event event) {
        screen.hear(event);
        switch (event) {
            case Event.Starting starting -> begin(starting);
            case Event.Progress progress -> walk(progress);
            case Event.Finished finished -> end(finished.applied());
            case Event.WaitingForLock waiting -> {}
            case Event.BackingUp saving -> say(Progress.SAVING);
            case Event.BackedUp saved -> {}
            case Event.Sweeping sweeping -> {}
            case Event.Swept swept -> {}
            case Event.Lagging lagging -> say(last.behind(lagging.by().toSeconds()));
            case Event.Waiting waiting -> {}
            case Event.Blocked blocked -> {}
            case Event.Detail detail -> {}
        }
    }

    private void say(Progress progress) {
        last = progress;
        screen.out().println(progress.line());
    }

    private void begin(Event.Starting starting) {
        work = work(starting.step());
        step = starting.number();
        steps = starting.count();
        say(Progress.at(work, step, steps));
    }

    private static Progress.Work work(Step step) {
        return switch (step.direction()) {
            case down -> Progress.Work.TakingBack;
            case up ->
                switch (step.phase()) {
                    case EXPAND -> Progress.Work.Expanding;
                    case MIGRATE -> Progress.Work.Migrating;
                    case CONTRACT -> Progress.Work.Contracting;
                };
        };
    }

    /// Before the first step an older batch may be swept.
    private void walk(Event.Progress event) {
        if (steps > 0) {
            say(progress(event));
        }
    }

    /// Statistics that are too old promise fewer rows than there are: then nobody knows how many.
    private Progress progress(Event.Progress event) {
        return new Progress(
                Optional.of(work),
                step,
                steps,
                event.rows(),
                some(event.total().filter(total -> total >= event.rows())),
                event.speed() > 0 ? OptionalLong.of(event.speed()) : OptionalLong.empty(),
                some(event.left()),
                OptionalLong.empty());
    }

    private void end(Applied applied) {
        if (applied.rows().isPresent() || step == steps) {
            say(new Progress(
                    Optional.of(work),
                    step,
                    steps,
                    applied.rows().orElse(0L),
                    some(applied.rows()),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty()));
        }
    }

    private static OptionalLong some(Optional<Long> number) {
        return number.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
