package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is there, as the operator last saw it.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Status(
        @Nullable
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1 before the first answer.")
        Long observedGeneration,

        @Nullable @JsonPropertyDescription("The newest applied revision; absent on an empty history.")
        String revision,

        @Nullable @JsonPropertyDescription("The revision that the target stands for.")
        String targetRevision,

        @Nullable @JsonPropertyDescription("How many steps are not applied.")
        Integer pending,

        @Nullable
        @JsonPropertyDescription("Pods that declare less than this are kept out: contract steps up to it have run.")
        String floor,

        @Nullable @JsonPropertyDescription("Where it stands.")
        Stage stage,

        @Nullable @JsonPropertyDescription("The steps that wait.")
        Plan plan,

        @Nullable @JsonPropertyDescription("The newest run.")
        Run run,

        @Nullable @JsonPropertyDescription("The newest applied steps, newest first, at most 20.")
        List<Applied> applied,

        @Nullable @JsonPropertyDescription("The newest backup.")
        Saved backup,

        @Nullable @JsonPropertyDescription("What has to happen before the rest can run.")
        List<String> waitingFor,

        @Nullable
        @JsonPropertyDescription("The newest value of the annotation lockstep.dev/retry that has been acted on.")
        String retried,

        @Nullable
        @JsonPropertyDescription("The newest value of the annotation lockstep.dev/take-over that has been acted on.")
        String tookOver,

        @Nullable
        @JsonPropertyDescription(
                "The newest value of the annotation lockstep.dev/external-backup that a run has gone on with, or that was there before one asked for it.")
        String externalBackup,

        @Nullable @JsonPropertyDescription("The newest amendment that the annotation lockstep.dev/amend has asked for.")
        Amendment amendment,

        @Nullable
        @JsonPropertyDescription(
                "The newest amendment that was begun, where the one in amendment still waits for a yes.")
        Amendment amended,

        @Nullable @JsonPropertyDescription("The newest check of spec.driftCheck that has ended.")
        Compared drift,

        @Nullable
        @JsonPropertyDescription(
                "Ready, Reconciling, Stalled, BackupReady, Approved, Contracted; Drifted where spec.driftCheck is.")
        List<Condition> conditions) {

    /// What the API server puts into `observedGeneration` of a resource that nobody has answered yet. Readers of
    /// kstatus would take one without a status for ready.
    public static final Long UNSEEN = -1L;

    /// Where it stands. A run is Migrating until its log says more.
    public enum Stage {
        Planning,
        BackingUp,
        Expanding,
        Migrating,
        AwaitingApproval,
        AwaitingPods,
        Contracting,
        Downgrading,
        Settled,
        Failed
    }

    /// The steps that wait, in order.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Plan(
            @Nullable
            @JsonPropertyDescription(
                    "What a SchemaMigrationApproval of these steps names; absent where nobody has to be asked.")
            String hash,

            @Nullable
            @JsonPropertyDescription(
                    "Digest of the scripts, of a claim or an image, that these steps are from. A later leg runs no others.")
            String scripts,

            @Nullable
            @JsonPropertyDescription("In the order in which they will run; as many as fit into a run's report.")
            List<Step> steps) {}

    /// A step that waits.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            @Nullable @JsonPropertyDescription("Its version, or a repeatable's description.")
            String revision,

            @Nullable @JsonPropertyDescription("up or down.")
            String direction,

            @Nullable @JsonPropertyDescription("expand, migrate or contract.")
            String phase,

            @Nullable @JsonPropertyDescription("Its description.")
            String description,

            @Nullable @JsonPropertyDescription("Whether it loses data.")
            Boolean destructive,

            @Nullable @JsonPropertyDescription("Its author's words about the order of deployment.")
            String breaking) {}

    /// One run. `result` tells whether it has ended and is what the operator decides from once the Job is gone.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Run(
            @Nullable @JsonPropertyDescription("Its Job.") String job,

            @Nullable
            @JsonPropertyDescription(
                    "Fingerprint of what was ordered. A spec or files that read otherwise start a run.")
            String order,

            @Nullable @JsonPropertyDescription("The how-manieth run of this resource.")
            Integer number,

            @Nullable @JsonPropertyDescription("The how-manieth attempt at this order.")
            Integer attempt,

            @Nullable
            @JsonPropertyDescription(
                    "How far it may go. Hold: contract steps wait. CloseGate: they wait, and older pods are kept out from now on. Go: all the way.")
            String leg,

            @Nullable @JsonPropertyDescription("The plan that it was approved to carry out.")
            String approved,

            @Nullable @JsonPropertyDescription("When its Job was made.")
            String startedAt,

            @Nullable @JsonPropertyDescription("When its container ended.")
            String finishedAt,

            @Nullable
            @JsonPropertyDescription(
                    "Done, Ahead, NoReport, or the code of what stopped it. Absent while it is at work.")
            String result,

            @Nullable @JsonPropertyDescription("The result in words.")
            String message,

            @Nullable
            @JsonPropertyDescription(
                    "How far it is, a few seconds old. Absent once it has ended: applied tells the rest.")
            Progress progress) {}

    /// How far a run is.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Progress(
            @Nullable @JsonPropertyDescription("The step at work, or the last that was; from 1.")
            Integer step,

            @Nullable @JsonPropertyDescription("How many the run has, without those that are held.")
            Integer steps,

            @Nullable
            @JsonPropertyDescription(
                    "Rows that this step's batch has covered, earlier runs included; 0 for a step that is no batch.")
            Long rows,

            @Nullable @JsonPropertyDescription("About so many are in the batch's table.")
            Long rowsTotal,

            @Nullable @JsonPropertyDescription("In this run.")
            Long rowsPerSecond,

            @Nullable @JsonPropertyDescription("Until this step's batch ends, at that speed.")
            Long etaSeconds) {}

    /// An applied step.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Applied(
            @Nullable @JsonPropertyDescription("Its version.")
            String revision,

            @Nullable @JsonPropertyDescription("Its description.")
            String description,

            @Nullable @JsonPropertyDescription("expand, migrate or contract.")
            String phase,

            @Nullable @JsonPropertyDescription("up or down.")
            String direction,

            @Nullable @JsonPropertyDescription("How long the attempt took that succeeded.")
            Long millis,

            @Nullable @JsonPropertyDescription("How often it was begun until it had its locks.")
            Integer lockAttempts,

            @Nullable @JsonPropertyDescription("When it was committed.")
            String at) {}

    /// What a person wanted changed in the history.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Amendment(
            @Nullable @JsonPropertyDescription("The annotation's value.")
            String words,

            @Nullable @JsonPropertyDescription("What a SchemaMigrationApproval of it names.")
            String plan,

            @Nullable @JsonPropertyDescription("Its Job; absent as long as nobody has agreed.")
            String job,

            @Nullable
            @JsonPropertyDescription("Done, NoReport, or the code of what stopped it. Absent while it is at work.")
            String result,

            @Nullable @JsonPropertyDescription("The result in words.")
            String message) {}
}
