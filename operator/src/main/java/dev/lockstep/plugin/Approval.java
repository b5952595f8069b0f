package dev.lockstep.plugin;

import dev.lockstep.resource.Agreed;
import dev.lockstep.resource.SchemaMigrationApproval;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/// The object that says yes to one plan of one resource.
final class Approval {
    /// 64 bits of the hash: enough to tell apart the plans of one resource.
    private static final int HASH = 16;

    private Approval() {}

    /// Named by what it agrees to, so that agreeing twice makes one.
    static SchemaMigrationApproval of(Standing standing, String hash) {
        var approval = new SchemaMigrationApproval();
        approval.setMetadata(new ObjectMetaBuilder()
                .withNamespace(standing.namespace())
                .withName(standing.name() + "-" + digits(hash))
                .build());
        approval.setSpec(new Agreed(standing.name(), hash));
        return approval;
    }

    private static String digits(String hash) {
        var digits = hash.substring(hash.indexOf(':') + 1);
        return digits.substring(0, Math.min(HASH, digits.length()));
    }
}
