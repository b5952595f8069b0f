package dev.lockstep.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Changes what is made of a run, as meshes and policies do. It is asked on the loopback, by an API server of this
/// machine.
final class Injector implements AutoCloseable {
    private static final String KEY = """
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=injector -addext subjectAltName=IP:127.0.0.1 \
              -keyout key -out certificate
            openssl pkcs12 -export -inkey key -in certificate -passout pass:injector -out store
            """;

    /// A container that never ends, in each pod.
    static final Change SIDECAR = new Change("", "pods", """
            [{"op": "add", "path": "/spec/containers/-", "value": {
              "name": "proxy", "image": "docker.io/lockstep/postgres:18", "imagePullPolicy": "Never",
              "command": ["bash", "-c", "trap exit TERM; while :; do sleep 1; done"],
              "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}}]
            """);

    /// @param group of the API; empty for the core's
    /// @param resources what is changed
    /// @param patch as RFC 6902 has it
    record Change(String group, String resources, String patch) {}

    private final Namespace namespace;
    private final HttpsServer server;

    private Injector(Namespace namespace, HttpsServer server) {
        this.namespace = namespace;
        this.server = server;
    }

    /// @param folder for its key
    static Injector into(Namespace namespace, Change change, Path folder) throws IOException {
        Shell.script(KEY, folder);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(folder.resolve("store"))));
        server.createContext("/", it -> answer(it, change.patch()));
        server.start();
        var bundle = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("certificate")));
        int port = server.getAddress().getPort();
        namespace.apply("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: injector-%1$s}
                webhooks:
                  - name: injector.lockstep.dev
                    admissionReviewVersions: [v1]
                    sideEffects: None
                    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                    objectSelector: {matchExpressions: [{key: lockstep.dev/migration, operator: Exists}]}
                    rules: [{apiGroups: ["%4$s"], apiVersions: [v1], operations: [CREATE], resources: [%5$s]}]
                    clientConfig: {url: "https://127.0.0.1:%2$d/", caBundle: %3$s}
                """.formatted(namespace.name(), port, bundle, change.group(), change.resources()));
        return new Injector(namespace, server);
    }

    private static SSLContext context(Path store) throws IOException {
        var password = "injector".toCharArray();
        try (InputStream in = Files.newInputStream(store)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, String patch) throws IOException {
        try (exchange) {
            var asked = new ObjectMapper().readTree(exchange.getRequestBody());
            var answer = """
                    {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response":
                      {"uid": "%s", "allowed": true, "patchType": "JSONPatch", "patch": "%s"}}
                    """.formatted(
                    asked.at("/request/uid").asText(), Base64.getEncoder().encodeToString(patch.getBytes(UTF_8)));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
        }
    }

    @Override
    public void close() {
        namespace
                .client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName("injector-" + namespace.name())
                .delete();
        server.stop(0);
    }
}
