package dev.lockstep.plugin;

import dev.lockstep.plugin.Problem.Kind;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Optional;

/// What the API server's refusals mean to a person, in one sentence with the remedy.
final class Answers {
    private static final int UNPROCESSABLE = 422;
    private static final String RIGHTS =
            "ask whoever governs the cluster; docs/guides/kubectl.md lists the rights that each verb needs";

    private Answers() {}

    /// @param server its address
    static Problem of(KubernetesClientException refusal, String server) {
        var said = said(refusal);
        if (refusal.getCode() <= 0) return unreachable(refusal, server);
        return switch (refusal.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                new Problem(
                        Kind.Forbidden,
                        server,
                        "the API server does not know you: " + said,
                        "log in again, or choose another --context");
            case HttpURLConnection.HTTP_FORBIDDEN -> new Problem(Kind.Forbidden, "", said, RIGHTS);
            case HttpURLConnection.HTTP_NOT_FOUND -> notFound(refusal, server, said);
            case HttpURLConnection.HTTP_CONFLICT ->
                new Problem(Kind.NotNow, "", said, "somebody else was faster; look again, then try again");
            case UNPROCESSABLE, HttpURLConnection.HTTP_BAD_REQUEST ->
                new Problem(Kind.NotNow, "", "the API server does not take it: " + said, "change what it names");
            default ->
                new Problem(
                        Kind.Unreachable,
                        server,
                        "the API server answered with status " + refusal.getCode() + ": " + said,
                        "try again");
        };
    }

    /// Where the server has the kind it gives a reason for what it does not find; where it has not, it answers with a
    /// page's text, of which the library keeps nothing.
    private static Problem notFound(KubernetesClientException refusal, String server, String said) {
        var reason = Optional.ofNullable(refusal.getStatus()).map(Status::getReason);
        return reason.isEmpty() || said.contains("could not find the requested resource")
                ? new Problem(
                        Kind.NotFound,
                        server,
                        "the cluster has no such kind: its API server knows no SchemaMigration",
                        "install Lockstep's chart, or choose another --context")
                : new Problem(Kind.NotFound, "", said, "look what is there");
    }

    private static Problem unreachable(KubernetesClientException refusal, String server) {
        var cause =
                Optional.ofNullable(rootOf(refusal)).map(it -> " (" + it + ")").orElse("");
        return new Problem(
                Kind.Unreachable,
                server,
                "the API server cannot be reached" + cause,
                "check the network and the kubeconfig, or choose another --context");
    }

    private static String rootOf(Throwable refusal) {
        Throwable root = refusal;
        while (root.getCause() != null) root = root.getCause();
        var said = Optional.ofNullable(root.getMessage()).orElse("").strip();
        return root instanceof IOException && said.isEmpty() ? root.getClass().getSimpleName() : said;
    }

    /// The server's own sentence, without the library's around it.
    private static String said(KubernetesClientException refusal) {
        return Optional.ofNullable(refusal.getStatus())
                .map(Status::getMessage)
                .or(() -> Optional.ofNullable(refusal.getMessage()))
                .orElse("status " + refusal.getCode())
                .strip()
                .replaceAll("\\s+", " ");
    }
}
