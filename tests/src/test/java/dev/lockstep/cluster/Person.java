package dev.lockstep.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.server.ApiProxy;
import dev.lockstep.server.Repository;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/// Somebody who may see the resources, with roles of the guide to `kubectl lockstep` and no other right, who runs its
/// real launcher.
///
/// @param folder of their own, in which what they run is started
record Person(Namespace namespace, Path folder) {
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Pattern HASH = Pattern.compile("--plan (sha256:\\w+)");

    /// What a command has come to.
    record Answer(int status, String out, String err) {
        /// The same, once it has ended so.
        Answer as(int wanted) {
            return status == wanted ? this : Assertions.fail("status %d:\n%s%s".formatted(status, out, err));
        }

        /// Of the plan that it says how to agree to.
        String hash() {
            var found = HASH.matcher(out);
            return found.find() ? found.group(1) : Assertions.fail(out);
        }
    }

    /// Makes the roles as the guide has them.
    static void roles(Namespace namespace) {
        var blocks = BLOCK.matcher(read("docs/guides/kubectl.md")).results().toList();
        Assertions.assertThat(blocks).isNotEmpty();
        blocks.forEach(block -> namespace.apply(block.group(1)));
    }

    /// @param roles names in the guide; that to see the resources is everybody's
    static Person with(Namespace namespace, Path folder, String name, String... roles) {
        namespace.apply("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: %s}\n".formatted(name));
        bind(namespace, name, "lockstep-view");
        for (var role : roles) bind(namespace, name, role);
        var token = namespace
                .client()
                .serviceAccounts()
                .inNamespace(namespace.name())
                .withName(name)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        try {
            var own = Files.createDirectory(folder.resolve(name));
            var cluster = namespace.cluster();
            Files.writeString(
                    own.resolve("kubeconfig"), Cluster.kubeconfig(cluster.address(), token, namespace.name()));
            return new Person(namespace, own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void bind(Namespace namespace, String name, String role) {
        namespace.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: %s-%s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %s}
                subjects: [{kind: ServiceAccount, name: %s, namespace: %s}]
                """.formatted(name, role, role, name, namespace.name()));
    }

    /// The same person, where something stands between them and the API server.
    Person behind(ApiProxy proxy) throws IOException {
        var own = Files.createDirectory(folder.resolve("behind"));
        var straight = Files.readString(folder.resolve("kubeconfig"));
        Files.writeString(
                own.resolve("kubeconfig"), straight.replaceFirst("server: [^}]*", "server: " + proxy.address()));
        return new Person(namespace, own);
    }

    private static String read(String path) {
        try {
            return Files.readString(Repository.root().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer run(String... arguments) {
        try {
            var process = start(arguments);
            var out = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Answer(process.waitFor(), out, Files.readString(folder.resolve("err")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Process start(String... arguments) {
        // Whoever runs the tests in the background has SIGINT ignored, and so would a program that they start.
        var command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.add(Repository.root()
                .resolve("target/kubectl-lockstep/bin/kubectl-lockstep")
                .toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
