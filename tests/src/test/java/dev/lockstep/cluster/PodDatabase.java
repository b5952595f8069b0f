package dev.lockstep.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/// A database on a [PostgresPod] that one test has for itself.
public record PodDatabase(PostgresPod server, String name) {
    static final String PASSWORD = "of-the-owner";

    /// A role that owns this database and nothing else.
    String owner() {
        return name + "_owner";
    }

    /// The Secret with the owner's name and password.
    String secret() {
        return name + "-owner";
    }

    /// Makes it beside a resource that names it.
    void createSecret(Namespace namespace) {
        namespace.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                stringData: {username: %s, password: %s}
                """.formatted(secret(), owner(), PASSWORD));
    }

    /// This database, as a line of a spec.
    String member() {
        return member(PostgresPod.HOST + "." + server.namespace().name());
    }

    String member(String host) {
        return "database: {postgresql: {host: %s, database: %s, credentials: {secretName: %s}, tls: {mode: disable}}}"
                .formatted(host, name, secret());
    }

    /// What `psql` prints, as superuser.
    String sql(String sql) {
        return server.psql(name, sql);
    }

    /// Goes on while the test does something else.
    CompletableFuture<String> begin(String sql) {
        return later(() -> sql(sql));
    }

    /// Waits until a query answers `t`.
    void awaitTrue(String query) {
        Awaitility.await(query)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> sql(query).equals("t"));
    }

    /// Waits until a script sleeps in this database.
    void awaitSleeper() {
        awaitTrue("SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name LIKE 'lockstep/%' AND wait_event = 'PgSleep'");
    }

    /// Ends the sessions that sleep in this database, as an administrator does.
    void endSleepers() {
        sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                + " AND datname = current_database()");
    }

    static CompletableFuture<String> later(Supplier<String> work) {
        return CompletableFuture.supplyAsync(work, Executors.newVirtualThreadPerTaskExecutor());
    }
}
