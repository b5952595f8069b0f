package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.resource.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page of the statuses is what the operator writes and what Argo CD's script makes of it. With
/// `-Dlockstep.golden=write` it is rewritten instead.
class StatusPageTest {
    private static final Path PAGE = Path.of("../docs/reference/status.md");
    private static final List<Story> STORIES = Story.all();
    private static final Set<String> TOLD_BY_READY = Set.of("Ready", "Reconciling", "Stalled");

    @Test
    void the_page_of_the_statuses_is_what_the_operator_writes() throws IOException {
        if ("write".equals(System.getProperty("lockstep.golden"))) Files.writeString(PAGE, page());

        assertThat(PAGE).hasContent(page());
    }

    @Test
    void every_word_that_the_operator_has_is_on_the_page() {
        var words = Stream.concat(
                Arrays.stream(Reason.Own.values()).map(Enum::name),
                Arrays.stream(Code.values()).map(Enum::name));
        var written = conditions().map(Condition::reason).collect(Collectors.toSet());

        assertThat(words).allSatisfy(word -> assertThat(written).contains(word));
    }

    @Test
    void every_code_is_told_by_ready() {
        var told = STORIES.stream().map(it -> condition(it, "Ready").reason()).collect(Collectors.toSet());

        assertThat(Arrays.stream(Code.values())
                        .filter(it -> it != Code.Drifted) // has a condition of its own
                        .map(Enum::name))
                .allSatisfy(code -> assertThat(told).contains(code));
    }

    private static String page() {
        return """
                # What a status says

                `Ready`, `Reconciling` and `Stalled` have one reason, which stands first here. A reason that is an
                [error's code](errors.md) is explained there; `message` says what, where, and what to do now. Argo CD's health is what
                [the script](../guides/argocd/health.lua) answers; Flux and Helm 4 read the conditions by kstatus; for these, Helm 3 and
                `kubectl wait` there is a [guide](../guides/gitops.md). Before the first answer, when `observedGeneration` is -1, and as long as that is of an older `generation`, it is Progressing.

                Generated from the operator; see CONTRIBUTING.md. Do not edit.

                | reason | Ready | Reconciling | Stalled | Argo CD | Flux, Helm 4 | when |
                |---|---|---|---|---|---|---|
                """ + STORIES.stream().map(StatusPageTest::row).collect(Collectors.joining()) + """

                While a further attempt is at work, the failure of the last one stays in view and `Reconciling` is True. Of a pod that
                does not start, any word of the scheduler, the kubelet or the Job's events may stand where the two do above.

                ## The other conditions

                | condition | status | reason |
                |---|---|---|
                """ + others();
    }

    private static String row(Story story) {
        var health = Health.of(story.world().resource());
        return "| `%s` | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        condition(story, "Ready").reason(),
                        condition(story, "Ready").status(),
                        condition(story, "Reconciling").status(),
                        condition(story, "Stalled").status(),
                        health.status(),
                        Kstatus.of(story.world().resource()),
                        story.what());
    }

    private static String others() {
        return conditions()
                .filter(it -> !TOLD_BY_READY.contains(it.type()))
                .sorted(Comparator.comparing(Condition::type)
                        .thenComparing(Condition::status)
                        .thenComparing(Condition::reason))
                .map(it -> "| `%s` | %s | `%s` |\n".formatted(it.type(), it.status(), it.reason()))
                .distinct()
                .collect(Collectors.joining());
    }

    private static Stream<Condition> conditions() {
        return STORIES.stream()
                .flatMap(it -> Objects.requireNonNull(it.world().status().conditions()).stream());
    }

    private static Condition condition(Story story, String type) {
        return Objects.requireNonNull(story.world().status().conditions()).stream()
                .filter(it -> it.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
