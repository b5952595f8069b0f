package dev.lockstep.observed;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import dev.lockstep.resource.Window;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// When runs may start.
///
/// @param some empty: at any time
public record Windows(List<Recurring> some) {
    static final Windows ANY = new Windows(List.of());

    private static final CronParser CRON = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    /// One that opens again and again.
    record Recurring(Cron cron, ZoneId zone, Duration open) {

        /// Cron tells whole minutes, and of what it is asked about it tells what lies before.
        boolean isOpen(Instant now) {
            var next = now.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
            return ExecutionTime.forCron(cron)
                    .lastExecution(next)
                    .map(ZonedDateTime::toInstant)
                    .filter(it -> now.isBefore(it.plus(open)))
                    .isPresent();
        }

        Optional<Instant> opens(Instant now) {
            return ExecutionTime.forCron(cron).nextExecution(now.atZone(zone)).map(ZonedDateTime::toInstant);
        }
    }

    static Windows of(List<Window> written) throws Refusal {
        var all = new ArrayList<Recurring>();
        for (var it : written) all.add(recurring(it));
        return new Windows(List.copyOf(all));
    }

    private static Recurring recurring(Window window) throws Refusal {
        return new Recurring(cron(window), zone(window), Durations.of(window.duration()));
    }

    /// Of what it cannot read the parser says so by several exceptions, an index out of bounds among them.
    private static Cron cron(Window window) throws Refusal {
        try {
            return CRON.parse(window.cron());
        } catch (RuntimeException none) {
            throw refusal("cron " + window.cron(), "write minute, hour, day of month, month, day of week: 0 2 * * *");
        }
    }

    private static ZoneId zone(Window window) throws Refusal {
        try {
            return ZoneId.of(Absent.or(window.timeZone(), "UTC"));
        } catch (DateTimeException none) {
            throw refusal("time zone " + window.timeZone(), "write one of the tz database, like Europe/Berlin");
        }
    }

    private static Refusal refusal(String what, String remedy) {
        return new Refusal(new Failure(Code.Usage, "spec.windows", what + " is none", remedy));
    }

    /// May a run start now?
    public boolean isOpen(Instant now) {
        return some.isEmpty() || some.stream().anyMatch(it -> it.isOpen(now));
    }

    /// When the next one opens; absent where none ever will.
    public Optional<Instant> opens(Instant now) {
        return some.stream().flatMap(it -> it.opens(now).stream()).min(Comparator.naturalOrder());
    }
}
