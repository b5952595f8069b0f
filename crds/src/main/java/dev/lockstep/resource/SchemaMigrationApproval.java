package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A person's yes to one plan. A kind of its own, so that roles say who may give it.
@Group(SchemaMigration.GROUP)
@Version(SchemaMigration.VERSION)
@Plural("schemamigrationapprovals")
@ShortNames("sma")
@AdditionalPrinterColumn(name = "MIGRATION", jsonPath = ".spec.migration", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "PLAN", jsonPath = ".spec.plan", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class SchemaMigrationApproval extends CustomResource<Agreed, Void> implements Namespaced {
    /// The kind's own line in `kubectl explain`.
    public static final String DESCRIPTION =
            "A person's yes to the steps of a SchemaMigration that wait for it. It is bound to their text and to the database,"
                    + " cannot be changed, and is withdrawn by deleting it before they run.";

    private static final long serialVersionUID = 1L;

    @Override
    @Required
    @JsonPropertyDescription("What is agreed to.")
    public Agreed getSpec() {
        return super.getSpec();
    }
}
