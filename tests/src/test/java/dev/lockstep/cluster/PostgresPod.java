package dev.lockstep.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;

/// A PostgreSQL server in a pod, for a test class or more. It is asked by the programs in the pod itself, so that
/// neither a port nor a password of the server has to leave the cluster. It is ready when it listens, which it does not
/// before its first scripts have run: a program that the kubelet starts each second, to ask it, costs more processor
/// time than the server. Once it is ready it stays so, or a run on a busy machine would find nothing behind the
/// Service. It stays on a node that is given up, as a server elsewhere would.
///
/// @param namespace where it runs; its Service is [#HOST]
public record PostgresPod(Namespace namespace) {
    static final String HOST = "db";

    /// Longer than anything that a test has run in the pod.
    private static final int COMMAND_SECONDS_MAX = 120;

    private static final String ANSWERS = "until pg_isready --quiet --host=/tmp; do sleep 0.1; done";

    private static final String MANIFEST = """
            apiVersion: v1
            kind: Service
            metadata: {name: db}
            spec: {selector: {app: db}, ports: [{port: 5432}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: db, labels: {app: db}}
            spec:
              automountServiceAccountToken: false
              enableServiceLinks: false
              terminationGracePeriodSeconds: 1
              tolerations: [{key: node.kubernetes.io/out-of-service, operator: Exists}]
              securityContext: {runAsNonRoot: true, fsGroup: 65532, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: postgres
                  image: docker.io/lockstep/postgres:18
                  imagePullPolicy: Never
                  args: [-c, autovacuum_naptime=1, -c, log_lock_waits=on]
                  env: [{name: PASSWORD, value: superuser}]
                  readinessProbe: {tcpSocket: {port: 5432}, periodSeconds: 1, timeoutSeconds: 20, failureThreshold: 100}
                  securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                  volumeMounts: [{name: data, mountPath: /var/lib/postgresql}, {name: tmp, mountPath: /tmp}]
              volumes: [{name: data, emptyDir: {}}, {name: tmp, emptyDir: {}}]
            """;

    static PostgresPod start(Namespace namespace) {
        namespace.apply(MANIFEST);
        namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(HOST)
                .waitUntilReady(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
        var server = new PostgresPod(namespace);
        server.run("timeout", "60", "bash", "-c", ANSWERS); // who listens may still be starting up
        return server;
    }

    /// An empty database with an owner that may do nothing else, and the Secret of that owner.
    ///
    /// @param name lower-case letters only; not used before on this server
    PodDatabase fresh(String name) {
        var database = new PodDatabase(this, name);
        psql(
                "postgres",
                "CREATE ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '%s'"
                        .formatted(database.owner(), PodDatabase.PASSWORD));
        psql("postgres", "CREATE DATABASE %s OWNER %s".formatted(name, database.owner()));
        database.createSecret(namespace);
        return database;
    }

    /// What `psql` prints for this SQL, as superuser: rows as lines, columns parted by `|`.
    String psql(String database, String sql) {
        return run(
                "psql", "dbname=%s user=postgres host=/tmp application_name=reader".formatted(database), "-qAtc", sql);
    }

    /// Lines of the server's log about sessions in that database which have waited for a reader's lock for as long
    /// as they let pass.
    List<String> longWaits(String database) {
        var oid = psql(database, "SELECT oid FROM pg_database WHERE datname = current_database()");
        var waits = "still waiting for AccessShareLock on relation \\d+ of database " + oid + " .*";
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(HOST)
                .getLog()
                .lines()
                .filter(it -> it.matches(".*" + waits))
                .toList();
    }

    /// What a command in the pod prints; fails with it when it fails.
    String run(String... command) {
        return run(namespace, HOST, command);
    }

    static String run(Namespace namespace, String pod, String... command) {
        var output = new ByteArrayOutputStream();
        var container = namespace.client().pods().inNamespace(namespace.name()).withName(pod);
        try (var exec = container.writingOutput(output).writingError(output).exec(command)) {
            var status = exec.exitCode().get(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
            var said = output.toString(UTF_8).strip();
            return status == 0 ? said : Assertions.fail(String.join(" ", command) + ":\n" + said);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(String.join(" ", command), e);
        }
    }
}
