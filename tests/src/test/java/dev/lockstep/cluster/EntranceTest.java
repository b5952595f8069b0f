package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that lets nobody in but by a certificate, and whose own is verified.
@OnCluster
class EntranceTest {
    /// One authority, and two certificates of it: the server's, for its Service's name, and the role's.
    private static final String CERTIFICATES = """
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.crt
            issue() {
              mkdir -p $1
              openssl req -newkey rsa:2048 -nodes -subj /CN=$2 -keyout $1/tls.key -out $1/csr
              echo "subjectAltName=DNS:$2" >names
              openssl x509 -req -in $1/csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names -out $1/tls.crt
            }
            issue server strict
            issue client certified
            echo 'local all all trust' >hba
            echo 'hostssl all all all cert' >>hba
            echo 'create role certified login; create database orders owner certified;' >init.sql
            """;

    private static final String THERE = "database: {postgresql: {host: strict, database: orders,"
            + " credentials: {secretName: role}, tls: {mode: verify-full, caSecretName: authority, caKey: root.pem, clientSecretName: %s}}}";

    @TempDir
    private Path folder;

    @Test
    void a_certificate_of_its_own_lets_the_run_and_its_backup_in(Installed installed, Namespace namespace) {
        Shell.script(CERTIFICATES, folder);
        secret(namespace, "strict-files", "ca.crt", "hba", "init.sql", "server/tls.crt", "server/tls.key");
        namespace.kubectl(
                "create", "secret", "generic", "authority", "--from-file=root.pem=" + folder.resolve("ca.crt"));
        secret(namespace, "client", "client/tls.crt", "client/tls.key");
        secret(namespace, "stranger", "server/tls.crt", "server/tls.key");
        namespace.kubectl("create", "secret", "generic", "role", "--from-literal=username=certified");
        namespace.claim("backups");
        OddPod.start(namespace, "strict", "exec start -c ssl_ca_file=/tls/ca.crt -c hba_file=/tls/hba");
        var scripts = Migration.inline(Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n"));
        var saved = "backup: {claimName: backups}";

        Migration.apply(namespace, "other", THERE.formatted("stranger"), scripts, saved)
                .awaitTrouble("AuthenticationRefused");
        Migration.apply(namespace, "orders", THERE.formatted("client"), scripts, saved)
                .awaitReady();
        var more = Migration.inline(
                Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n", "V2__age.sql", "SELECT 1;\n"));
        var second = Migration.apply(namespace, "orders", THERE.formatted("client"), more, saved)
                .awaitReady();

        assertThat(second.status().backup()).isNotNull();
    }

    private void secret(Namespace namespace, String name, String... files) {
        var from = Stream.of(files).map(it -> "--from-file=" + folder.resolve(it));
        namespace.kubectl(Stream.concat(Stream.of("create", "secret", "generic", name), from)
                .toArray(String[]::new));
    }
}
