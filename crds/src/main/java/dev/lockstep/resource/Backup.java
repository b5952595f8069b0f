package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What is saved before the first change.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.method) || self.method != 'External' || (!has(self.claimName) && !has(self.maxSize))",
        message = "who takes an External backup keeps it; leave claimName and maxSize out",
        fieldPath = ".method")
public record Backup(
        @Nullable
        @Default("Always")
        @JsonPropertyDescription(
                "Always: a verified backup before the first change. Destructive: only before a run that may lose rows or columns, or of which that cannot be told. Never: none.")
        Frequency when,

        @Nullable
        @Default("Dump")
        @JsonPropertyDescription(
                "Dump: the run takes it. External: somebody else does, as a VolumeSnapshot or an operator of the database; the run asks, and waits until the annotation lockstep.dev/external-backup names one. keep, scope and verify are nobody's then.")
        Method method,

        @Nullable
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
                "The PersistentVolumeClaim that keeps backups. Required unless when is Never or method External. May be the database's own claim for SQLite.")
        String claimName,

        @Nullable
        @Default("5")
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
                "How many backups to keep, and the first of each of the newest so many heads of the history besides.")
        Integer keep,

        @Nullable
        @Default("Schema")
        @JsonPropertyDescription(
                "Schema: all of it, and other schemas in which the plan may lose rows. Touched: rows of those tables only that the plan may lose rows in, with everybody's definitions; SQLite's whole file.")
        Scope scope,

        @Nullable
        @Pattern(Spec.QUANTITY)
        @JsonPropertyDescription(
                "What the tables to be saved may take, as a quantity like 10Gi. More is BackupTooLarge, and nothing is run. Absent: any.")
        String maxSize,

        @Nullable
        @Default("Decode")
        @JsonPropertyDescription(
                "Decode: the backup is read whole. Restore: it is restored into a database beside the migrated one and compared, for which the role needs CREATEDB.")
        Verify verify) {

    /// When a backup is taken.
    public enum Frequency {
        Always,
        Destructive,
        Never
    }

    /// Who takes it.
    public enum Method {
        Dump,
        External
    }

    /// How much of the database is in it.
    public enum Scope {
        Schema,
        Touched
    }

    /// How it is shown to be whole.
    public enum Verify {
        Decode,
        Restore
    }
}
