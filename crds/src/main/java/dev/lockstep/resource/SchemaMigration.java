package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// The schema that a database shall have, and how to get there.
@Group(SchemaMigration.GROUP)
@Version(SchemaMigration.VERSION)
@Plural("schemamigrations")
@ShortNames("sm")
@AdditionalPrinterColumn(name = "REVISION", jsonPath = ".status.revision", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "TARGET",
        jsonPath = ".status.targetRevision",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "STAGE", jsonPath = ".status.stage", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "READY",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "size(self.metadata.name) <= 63",
        message = "metadata.name is longer than 63 characters, the most a label can hold")
public final class SchemaMigration extends CustomResource<Spec, Status> implements Namespaced {
    public static final String GROUP = "lockstep.dev";
    public static final String VERSION = "v1alpha1";

    /// The kind's own line in `kubectl explain`; the generator has no annotation for it.
    public static final String DESCRIPTION =
            "A database's schema at a wanted revision. The operator backs the database up, migrates it and tells when it is"
                    + " there. Everything that the spec names lies in the resource's own namespace.";

    private static final long serialVersionUID = 1L;

    @Override
    @Required
    @JsonPropertyDescription("What is wanted.")
    public Spec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What is there, as the operator last saw it.")
    public Status getStatus() {
        return super.getStatus();
    }
}
