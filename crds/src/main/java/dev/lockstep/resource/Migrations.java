package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the scripts are. Exactly one member.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "[has(self.inline), has(self.configMap), has(self.image), has(self.claim)].exists_one(it, it)",
        message = "migrations needs exactly one of inline, configMap, image, claim")
public record Migrations(
        @Nullable
        @Size(min = 1, max = 256)
        @JsonPropertyDescription("File name to content, as V1__init.sql. At most 256 files and 128 KiB together.")
        Map<String, @Size(max = 131_072) String> inline,

        @Nullable @JsonPropertyDescription("A ConfigMap whose keys are file names.")
        ConfigMapFiles configMap,

        @Nullable
        @JsonPropertyDescription(
                "A folder in a container image, as the app's own. The operator does not see the files: another reference starts a run, another content under the same tag does not.")
        ImageFiles image,

        @Nullable
        @JsonPropertyDescription(
                "A folder in a PersistentVolumeClaim. The operator does not see the files: another path starts a run, another content does not.")
        ClaimFiles claim) {

    /// A ConfigMap whose keys are file names.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ConfigMapFiles(
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription(
                    "The ConfigMap. A change starts a run: at once where its label lockstep.dev/migration is the name of this resource, else within half a minute.")
            String name) {}

    /// A folder in an image.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ImageFiles(
            @Required
            @Size(min = 1, max = 500)
            @JsonPropertyDescription("The image, best by its digest: registry/app@sha256:...")
            String reference,

            @Nullable
            @Default("/migrations")
            @Size(min = 2, max = 512)
            @Pattern("^(/[^/.][^/]*)+$")
            @JsonPropertyDescription("The folder in it. No part of it begins with a dot.")
            String path,

            @Nullable
            @Default("Copy")
            @JsonPropertyDescription(
                    "Copy: a container of the image copies the folder with its own cp, as user 65532. Volume: the image is mounted, for which the cluster has to have image volumes (Kubernetes 1.31 with the feature ImageVolume, on by default from 1.35); then it needs no cp.")
            Delivery delivery,

            @Nullable
            @Size(max = 16)
            @JsonPropertyDescription(
                    "Names of Secrets with credentials of its registry, beside runner.imagePullSecrets.")
            List<String> pullSecretNames) {

        /// How the files come to the run.
        public enum Delivery {
            Copy,
            Volume
        }
    }

    /// A folder in a claim.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ClaimFiles(
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The PersistentVolumeClaim. It is mounted for reading only.")
            String claimName,

            @Nullable
            @Size(min = 1, max = 512)
            @Pattern("^[^/.][^/]*(/[^/.][^/]*)*$")
            @JsonPropertyDescription("The folder within the claim; absent: all of it. No part of it begins with a dot.")
            String path) {}
}
