package dev.lockstep.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the API server refuses is told in one sentence with the remedy, and by an exit status.
class AnswersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | Unauthorized                                                  | Forbidden   | does not know you
            403 | pods is forbidden: User "bob" cannot create resource "pods"   | Forbidden   | docs/guides/kubectl.md lists the rights
            404 | the server could not find the requested resource              | NotFound    | install Lockstep's chart
            404 | persistentvolumeclaims "x" not found                          | NotFound    | "x" not found
            409 | the object has been modified                                  | NotNow      | try again
            422 | spec.plan in body should match                                | NotNow      | does not take it: spec.plan
            503 | the server is currently unable                                | Unreachable | status 503
            """)
    void a_refusal_is_one_sentence_with_its_remedy(int code, String said, Problem.Kind kind, String told) {
        var problem = Answers.of(
                new KubernetesClientException(
                        "Failure executing: GET at: https://… " + said,
                        code,
                        new StatusBuilder()
                                .withCode(code)
                                .withReason(kind.name())
                                .withMessage(said)
                                .build()),
                "https://cluster");

        assertThat(problem.kind()).isEqualTo(kind);
        assertThat(problem.line()).contains(told).doesNotContain("Failure executing", "\n");
    }

    @Test
    void a_page_that_nobody_serves_is_a_kind_that_the_cluster_has_not() {
        var status = new StatusBuilder().withCode(404).withMessage("Not Found").build();

        var problem = Answers.of(new KubernetesClientException("Failure executing: …", 404, status), "https://cluster");

        assertThat(problem.line())
                .startsWith("NotFound: https://cluster: the cluster has no such kind")
                .contains("install Lockstep's chart");
    }

    @Test
    void a_server_that_does_not_answer_is_named() {
        var problem = Answers.of(
                new KubernetesClientException("Operation failed", new IOException("Connection refused")),
                "https://cluster");

        assertThat(problem.line())
                .contains(
                        "Unreachable: https://cluster", "(Connection refused)", "check the network and the kubeconfig");
    }

    @Test
    void each_kind_of_problem_has_an_exit_status_of_its_own_and_none_is_that_of_a_verdict() {
        assertThat(List.of(Problem.Kind.values()))
                .extracting(Problem.Kind::exit)
                .doesNotHaveDuplicates()
                .doesNotContain(0, 1, 3);
    }
}
