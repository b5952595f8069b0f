package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pod that does the work.
@JsonIgnoreProperties(ignoreUnknown = true)
public record Runner(
        @Nullable @JsonPropertyDescription("Requests and limits of its container.")
        ResourceRequirements resources,

        @Nullable @Size(max = 64) @JsonPropertyDescription("Labels of the nodes it may run on.")
        Map<String, String> nodeSelector,

        @Nullable @JsonPropertyDescription("Taints it tolerates.")
        List<Toleration> tolerations,

        @Nullable @JsonPropertyDescription("Where it likes to run.")
        Affinity affinity,

        @Nullable @Size(min = 1, max = 253) @JsonPropertyDescription("Its priority class.")
        String priorityClassName,

        @Nullable
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Its service account. No token is mounted either way.")
        String serviceAccountName,

        @Nullable @Size(max = 16) @JsonPropertyDescription("Names of Secrets with registry credentials.")
        List<String> imagePullSecrets,

        @Nullable @Size(max = 64) @JsonPropertyDescription("More labels of the pod. Those of Lockstep win.")
        Map<String, String> labels,

        @Nullable @Size(max = 64) @JsonPropertyDescription("More annotations of the pod. Those of Lockstep win.")
        Map<String, String> annotations,

        @Nullable
        @JsonPropertyDescription(
                "As whom the pod runs. All else is as the Pod Security Standard restricted demands, and stays so.")
        Account securityContext,

        @Nullable
        @Default("1h")
        @Size(max = 12)
        @ValidationRule(value = Spec.DURATION_RULE, message = Spec.DURATION_SAID)
        @JsonPropertyDescription("A run ends itself after this long and is tried again. Like 1h.")
        String deadline) {

    /// Numbers of user and groups.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Account(
            @Nullable
            @Min(1)
            @Max(Integer.MAX_VALUE)
            @JsonPropertyDescription(
                    "User of the pod's containers; never root. Absent: the runner image's own. Another one than before cannot remove the backups of before.")
            Long runAsUser,

            @Nullable
            @Min(0)
            @Max(Integer.MAX_VALUE)
            @JsonPropertyDescription("Group of the pod's containers. Absent: the image's own.")
            Long runAsGroup,

            @Nullable
            @Min(0)
            @Max(Integer.MAX_VALUE)
            @JsonPropertyDescription("Group that claims are handed to. Default 65532.")
            Long fsGroup) {}
}
