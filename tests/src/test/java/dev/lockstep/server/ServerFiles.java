package dev.lockstep.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One server's programs, certificates and data in a temporary directory, which goes when the JVM ends.
record ServerFiles(Account account, Path home) {
    /// The role that enters with a certificate of [#ca()] and nothing else.
    private static final String CERTIFIED = "certified";

    private static final String SETTINGS = """
            listen_addresses = 'localhost'
            unix_socket_directories = ''
            ssl = on
            ssl_cert_file = '../server.crt'
            ssl_key_file = '../server.key'
            ssl_ca_file = '../ca.crt'
            fsync = off
            autovacuum_naptime = 1s
            synchronous_commit = off
            full_page_writes = off
            max_connections = 200
            timezone = 'UTC'
            """;
    /// One authority, and a certificate of it for `localhost`, both valid for two days.
    private static final String CERTIFICATES = """
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=lockstep-tests-ca -keyout ca.key -out ca.crt
            openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr
            printf 'subjectAltName=DNS:localhost' >names
            openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.crt
            chmod 600 server.key
            """;

    private static final String CRASH = """
            pid=$(head -1 data/postmaster.pid)
            kill -QUIT "$pid"
            for n in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
            """;

    private static final String MOVE_LOG = """
            cp -a data/pg_wal/. "$0"
            rm -r data/pg_wal
            ln -s "$0" data/pg_wal
            """;

    /// Ends the server first, for it would go on writing into what is being removed.
    private static final String END = """
            if pid=$(head -1 data/postmaster.pid 2>/dev/null); then
              kill -QUIT "$pid"
              for n in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
            fi
            rm -rf "$PWD"
            """;

    static ServerFiles prepare(int major, Login superuser) {
        var account = Account.ofThisProcess();
        try {
            var home = Files.createTempDirectory("lockstep-postgres-" + major + "-");
            var files = new ServerFiles(account, home);
            Runtime.getRuntime().addShutdownHook(new Thread(files::delete));
            account.give(home);
            files.fill(major, superuser);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts the server. It is killed when the JVM is gone, for which it must be the child of a thread that
    /// lives as
    /// long.
    void run(int port) {
        var command = account.untilParentDies(
                home.resolve("bin/postgres").toString(),
                "-D",
                home.resolve("data").toString(),
                "-p",
                "" + port);
        var log = ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile());
        Thread.ofPlatform().daemon().name("postgres-" + port).start(() -> {
            try {
                var process = new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
                process.waitFor();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("PostgreSQL cannot be started", e);
            }
        });
    }

    /// Comes back when nothing of it is left.
    void crash() {
        account.run(home, "sh", "-c", CRASH);
    }

    /// An empty file in the data directory, which the server looks for at its start.
    void mark(String name) {
        account.run(home, "touch", "data/" + name);
    }

    /// Makes a directory belong to whom the server runs as.
    void give(Path directory) {
        try {
            account.give(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The server is not running.
    void moveLog(Path disk) {
        account.run(home, "sh", "-ec", MOVE_LOG, disk.toString());
    }

    Path ca() {
        return home.resolve("ca.crt");
    }

    String log() {
        try {
            return Files.readString(home.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void fill(int major, Login superuser) throws IOException {
        var archive = Repository.root().resolve("tests/target/postgres/" + major + "/postgres-linux-x86_64.txz");
        account.run(home, archive, "tar", "-xJ");
        account.run(home, "sh", "-ec", CERTIFICATES);
        account.run(home, "sh", "-ec", "umask 077; printf '%s' \"$0\" >password", superuser.password());
        account.run(
                home,
                "bin/initdb",
                "-D",
                "data",
                "-U",
                superuser.user(),
                "--pwfile=password",
                "-A",
                "scram-sha-256",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync");
        Files.writeString(home.resolve("data/postgresql.auto.conf"), SETTINGS);
        Files.writeString(
                home.resolve("data/pg_hba.conf"),
                "hostssl all " + CERTIFIED + " all cert\nhost all,replication all all scram-sha-256\n");
    }

    private void delete() {
        account.run(home, "sh", "-c", END);
    }
}
