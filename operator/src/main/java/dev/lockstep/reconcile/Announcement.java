package dev.lockstep.reconcile;

import dev.lockstep.handover.Digest;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.status.Happening;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// A [Happening] as an event. Its name is made of its key, so that telling it twice makes one.
final class Announcement {
    /// What the API server takes.
    private static final int MESSAGE_MAX = 1024;

    private Announcement() {}

    static Event of(SchemaMigration resource, Happening happening, Instant now) {
        var metadata = resource.getMetadata();
        var at = now.truncatedTo(ChronoUnit.SECONDS).toString();
        var hash = Digest.of(Map.of(metadata.getUid(), happening.key())).substring(0, 16);
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName() + "." + hash)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(resource.getApiVersion())
                .withKind(resource.getKind())
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .endInvolvedObject()
                .withType(happening.warning() ? "Warning" : "Normal")
                .withReason(happening.reason())
                .withMessage(cut(happening.message()))
                .withFirstTimestamp(at)
                .withLastTimestamp(at)
                .withCount(1)
                .withNewSource()
                .withComponent("lockstep")
                .endSource()
                .withReportingComponent("lockstep.dev/operator")
                .withReportingInstance("lockstep")
                .build();
    }

    private static String cut(String message) {
        return message.substring(0, Math.min(message.length(), MESSAGE_MAX));
    }
}
