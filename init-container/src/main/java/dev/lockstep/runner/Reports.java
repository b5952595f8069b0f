package dev.lockstep.runner;

import dev.lockstep.engine.Applied;
import dev.lockstep.engine.Outcome;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Order;
import dev.lockstep.handover.Report;
import dev.lockstep.plan.Held;
import dev.lockstep.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Turns an [Outcome] into the wire's [Report] and cuts it to size.
final class Reports {
    /// A message of so many characters still says something; then the remedy gives way too.
    private static final int BRIEF = 200;

    private Reports() {}

    static Report of(Outcome outcome) {
        var plan = outcome.plan();
        var held = plan.map(Plan::held).orElse(List.of());
        return new Report(
                Order.VERSION,
                kind(outcome),
                outcome.failure(),
                outcome.revision(),
                outcome.floor(),
                plan.flatMap(p -> p.target().newest()).map(Object::toString),
                plan.flatMap(Plan::hash),
                Optional.empty(),
                outcome.backup()
                        .map(b -> new Report.Backup(b.name(), b.bytes(), b.sha256(), b.at().toString(), b.revision())),
                held.stream().map(Reports::held).toList(),
                counts(outcome, held.size()),
                outcome.applied().reversed().stream().map(Reports::applied).toList(),
                outcome.blockers());
    }

    /// Of an amendment or a check, which says nothing of revisions: a run does.
    static Report nothing() {
        return bare(Optional.empty());
    }

    /// A run that failed before there was an outcome.
    static Report of(Failure failure) {
        return bare(Optional.of(failure));
    }

    private static Report bare(Optional<Failure> failure) {
        return of(new Outcome(
                failure,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of()));
    }

    private static Report.Outcome kind(Outcome outcome) {
        if (outcome.failure().isPresent()) {
            return Report.Outcome.Failed;
        }
        if (outcome.plan().filter(Plan::needsApproval).isPresent()) {
            return Report.Outcome.Approval;
        }
        return outcome.plan().filter(Plan::ahead).isPresent() ? Report.Outcome.Ahead : Report.Outcome.Done;
    }

    private static Report.Counts counts(Outcome outcome, int held) {
        int planned = outcome.plan().map(plan -> plan.steps().size()).orElse(0);
        return new Report.Counts(
                planned + held - outcome.applied().size(), outcome.applied().size(), held);
    }

    /// Of a way down that waits: everything that the target has is there.
    static Report ahead(Outcome outcome) {
        var report = of(outcome);
        return outcome.failure().isPresent() ? report : report.as(Report.Outcome.Ahead);
    }

    private static Report.Held held(Held held) {
        var step = held.step();
        return new Report.Held(
                step.number(),
                step.script().description(),
                step.phase().word(),
                step.direction().name(),
                step.destructive(),
                step.script().header().breaking(),
                held.reason().name());
    }

    private static Report.Applied applied(Applied applied) {
        var step = applied.step();
        return new Report.Applied(
                step.number(),
                step.script().description(),
                step.phase().word(),
                step.direction().name(),
                applied.took().toMillis(),
                applied.attempts(),
                applied.rows(),
                applied.at().toString());
    }

    /// JSON of at most [Report#BYTES_MAX] bytes: lists lose their ends until it fits, the least worthy list
    /// first.
    static String fitting(Report report) {
        var json = Json.write(report);
        while (json.getBytes(StandardCharsets.UTF_8).length > Report.BYTES_MAX) {
            report = shorter(report);
            json = Json.write(report);
        }
        return json;
    }

    private static Report shorter(Report report) {
        if (report.blockers().size() > 1) {
            return with(report, report.held(), report.applied(), half(report.blockers()));
        }
        if (!report.applied().isEmpty()) {
            return with(report, report.held(), half(report.applied()), report.blockers());
        }
        if (!report.held().isEmpty()) {
            return with(report, half(report.held()), report.applied(), report.blockers());
        }
        return new Report(
                report.v(),
                report.outcome(),
                report.failure().map(Reports::brief),
                report.revision(),
                report.floor(),
                report.target(),
                report.plan(),
                report.scripts(),
                report.backup(),
                List.of(),
                report.counts(),
                List.of(),
                List.of());
    }

    private static Failure brief(Failure failure) {
        boolean more = failure.message().length() > BRIEF;
        return new Failure(
                failure.code(),
                half(failure.place()),
                half(failure.message()),
                more ? failure.remedy() : half(failure.remedy()));
    }

    private static String half(String text) {
        return text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2));
    }

    private static <T> List<T> half(List<T> list) {
        return list.subList(0, list.size() / 2);
    }

    private static Report with(
            Report report, List<Report.Held> held, List<Report.Applied> applied, List<String> blockers) {
        return new Report(
                report.v(),
                report.outcome(),
                report.failure(),
                report.revision(),
                report.floor(),
                report.target(),
                report.plan(),
                report.scripts(),
                report.backup(),
                held,
                report.counts(),
                applied,
                blockers);
    }
}
