package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wanted.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "has(self.backup) && (self.backup.when == 'Never' || self.backup.method == 'External' || has(self.backup.claimName))",
        message =
                "backup needs claimName, a claim to keep backups in; without backups, write when: Never; where somebody else takes them, method: External",
        fieldPath = ".backup")
public record Spec(
        @Required @JsonPropertyDescription("The database. Exactly one of postgresql, sqlite.")
        Database database,

        @Required @JsonPropertyDescription("The scripts. Exactly one of inline, configMap, image, claim.")
        Migrations migrations,

        @Nullable
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "Name to value of what stands as ${name} in the scripts, as Flyway's placeholders. No place for secrets.")
        Map<String, @Size(max = 1024) String> placeholders,

        @Nullable
        @Size(min = 1, max = 63)
        @JsonPropertyDescription("Name of Flyway's table in the schema. Default flyway_schema_history.")
        String historyTable,

        @Nullable
        @Size(min = 1, max = 128)
        @Pattern(REVISION)
        @JsonPropertyDescription(
                "Of a database that others made: the revision that its tables correspond to. The first run begins the history there. Where there is a history, no table, or a trace of earlier runs, it means nothing. Absent: such a database is NeedsBaseline.")
        String baseline,

        @Nullable
        @Default("head")
        @Size(min = 1, max = 128)
        @Pattern(TARGET)
        @JsonPropertyDescription(
                "The wanted revision: head, heads, base (before the first one), a revision's version or alias, REV+n, or LABEL@head.")
        String target,

        @Nullable
        @Default("Forbidden")
        @JsonPropertyDescription(
                "What an older target means. Forbidden: the database is ahead of it, and stays so. Allowed: it is gone down to by the U scripts.")
        Downgrade downgrade,

        @Nullable
        @Default("Destructive")
        @JsonPropertyDescription(
                "Which steps wait for a SchemaMigrationApproval. Destructive: those that lose data. Always: all. Never: none.")
        Approval approval,

        @Nullable @JsonPropertyDescription("When steps run that take something away from the app's older version.")
        Contract contract,

        @Nullable @JsonPropertyDescription("How long the migration may stand in other sessions' way.")
        Locks locks,

        @Nullable
        @JsonPropertyDescription("What a Batch: step may ask of the server, where its own header does not say.")
        Batches batches,

        @Nullable @JsonPropertyDescription("What is saved before the first change.")
        Backup backup,

        @Nullable
        @Default("Stop")
        @JsonPropertyDescription(
                "What becomes of the steps that a failed run has applied itself. Stop: they stay. Downgrade: they are taken back by their U scripts, as far as there are some, whatever downgrade says.")
        OnFailure onFailure,

        @Nullable
        @Size(min = 1, max = 16)
        @JsonPropertyDescription("Runs start only while one of these is open. Absent: at any time.")
        List<Window> windows,

        @Nullable
        @JsonPropertyDescription(
                "Looks again and again whether the schema is as the last run has left it, and tells so in the condition Drifted. Absent: never.")
        DriftCheck driftCheck,

        @Nullable
        @Default("false")
        @JsonPropertyDescription("true: no new run is started. A run at work is not stopped.")
        Boolean suspend,

        @Nullable @JsonPropertyDescription("The pod that does the work.")
        Runner runner) {

    /// What an older target means.
    public enum Downgrade {
        Forbidden,
        Allowed
    }

    /// What becomes of the steps that a failed run has applied itself.
    public enum OnFailure {
        Stop,
        Downgrade
    }

    /// Which steps wait for a person.
    public enum Approval {
        Never,
        Destructive,
        Always
    }

    /// When contract steps run.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "!has(self.when) || self.when != 'RolledOut' || has(self.podSelector)",
            message = "RolledOut needs podSelector, the app's pods whose older version is waited for",
            fieldPath = ".podSelector")
    @ValidationRule(
            value = "!has(self.podSelector) || !has(self.when) || self.when == 'RolledOut'",
            message = "only RolledOut looks at pods; leave podSelector out",
            fieldPath = ".podSelector")
    public record Contract(
            @Nullable
            @JsonPropertyDescription(
                    "RolledOut: once no pod of podSelector declares less than the target. Approved: once a SchemaMigrationApproval names the plan. Immediately: with the rest. Default RolledOut where there is a podSelector, else Approved.")
            Gate when,

            @Nullable
            @JsonPropertyDescription(
                    "The app's pods, which declare their revision in the annotation revision.lockstep.dev/<name of this resource>. A pod without it is old.")
            PodSelector podSelector) {

        /// What they wait for.
        public enum Gate {
            RolledOut,
            Approved,
            Immediately
        }
    }

    /// How long to wait for what. A duration is a whole number with one unit: ms, s, m or h.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Locks(
            @Nullable
            @Default("100ms")
            @Size(max = 12)
            @ValidationRule(value = DURATION_RULE, message = DURATION_SAID)
            @JsonPropertyDescription(
                    "The longest that one attempt waits for a lock, which is the longest stall another session sees. Like 100ms.")
            String timeout,

            @Nullable
            @Default("10m")
            @Size(max = 12)
            @ValidationRule(value = DURATION_RULE, message = DURATION_SAID)
            @JsonPropertyDescription("All attempts of one script together. Like 10m.")
            String budget) {}

    /// How large the bites of a batch are.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Batches(
            @Nullable
            @Min(1)
            @Max(9_999_999)
            @JsonPropertyDescription(
                    "At most so many rows at once. Fewer where they take long. Absent: as many as are done in some 75 ms.")
            Integer rows,

            @Nullable
            @Size(max = 12)
            @ValidationRule(value = DURATION_RULE, message = DURATION_SAID)
            @JsonPropertyDescription("Rest between two bites, like 50ms. Absent: none.")
            String pause,

            @Nullable
            @Size(max = 12)
            @ValidationRule(value = DURATION_RULE, message = DURATION_SAID)
            @JsonPropertyDescription(
                    "A batch waits for a replica that is further behind. Like 10s, which is the default.")
            String maxReplicaLag) {}

    /// What names a place whatever the database is at: no `+n` or `-n` of where it happens to be.
    static final String TARGET = "^(head|heads|[A-Za-z0-9][A-Za-z0-9._-]*([+][0-9]+|@head)?)$";

    /// One revision by its version or alias.
    static final String REVISION = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

    /// Bytes as Kubernetes writes them, below 2^63: `500Mi`, `1.5Ti`, or digits alone.
    static final String QUANTITY = "^([0-9]{1,6}([.][0-9]{1,3})?(k|M|G|T|Ki|Mi|Gi|Ti)|[0-9]{1,18})$";

    /// At most 500 hours: to PostgreSQL a `lock_timeout` is milliseconds in 31 bits, which hold 596 hours.
    static final String DURATION = "^("
            + "([1-9][0-9]{0,8}|1[0-7][0-9]{8}|1800000000)ms"
            + "|([1-9][0-9]{0,5}|1[0-7][0-9]{5}|1800000)s"
            + "|([1-9][0-9]{0,3}|[12][0-9]{4}|30000)m"
            + "|([1-9][0-9]?|[1-4][0-9]{2}|500)h)$";

    /// A rule in place of a pattern, for a pattern has no words of its own.
    static final String DURATION_RULE = "self.matches('" + DURATION + "')";

    static final String DURATION_SAID =
            "a duration is a whole number and ms, s, m or h, at most 500h; write for example 100ms";
}
