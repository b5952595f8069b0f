package dev.lockstep.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A PostgreSQL server on a loopback port, with TLS, without fsync. It is started once a JVM and major version
/// and ends
/// with the JVM, however that ends.
public final class PostgresServer {
    private static final Map<Integer, PostgresServer> RUNNING = new ConcurrentHashMap<>();
    private static final Login SUPERUSER = new Login("postgres", "postgres");
    private static final int MORTAL = 18;
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final AtomicInteger databases = new AtomicInteger();
    private final int port;
    private final ServerFiles files;

    private PostgresServer(int port, ServerFiles files) {
        this.port = port;
        this.files = files;
    }

    /// The server of this major version, 15 to 18; the first call starts it, in 2 to 4 seconds.
    public static PostgresServer start(int major) {
        return RUNNING.computeIfAbsent(major, PostgresServer::launch);
    }

    /// Another one, which only reads, as a replica whose primary is gone. Its one database is `postgres`.
    public static PostgresServer standby(int major) {
        var files = ServerFiles.prepare(major, SUPERUSER);
        files.mark("standby.signal");
        return launch(files);
    }

    /// Another one, whose log lies on a disk of its own.
    ///
    /// @param disk as that of [#tablespace]
    public static PostgresServer logging(int major, Path disk) {
        var files = ServerFiles.prepare(major, SUPERUSER);
        files.give(disk);
        files.moveLog(disk);
        return launch(files);
    }

    /// A tablespace on a disk, in which the owner of a database may make tables.
    ///
    /// @param disk empty, and in a folder that is open to others than whoever runs the tests
    public void tablespace(String name, Path disk, Database database) throws SQLException {
        files.give(disk);
        try (var connection = superuser();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLESPACE " + name + " LOCATION '" + disk + "'");
            statement.execute("GRANT CREATE ON TABLESPACE " + name + " TO "
                    + database.owner().user());
        }
    }

    /// The role that may do everything.
    public Login superuserLogin() {
        return SUPERUSER;
    }

    /// The name that the server's certificate has.
    public String host() {
        return "localhost";
    }

    public int port() {
        return port;
    }

    /// PEM file of the authority that signed the server's certificate.
    public Path ca() {
        return files.ca();
    }

    /// A connection that may do everything, to the database `postgres`.
    public Connection superuser() throws SQLException {
        return at("postgres", SUPERUSER, SUPERUSER).connect(SUPERUSER);
    }

    /// A connection that may do everything, to a database that [#fresh()] made.
    public Connection superuser(Database database) throws SQLException {
        return database.connect(SUPERUSER);
    }

    /// A connection that may receive the server's log.
    public Connection replication() throws SQLException {
        return at("postgres", SUPERUSER, SUPERUSER).replication(SUPERUSER);
    }

    /// An empty database under a name nobody else has.
    public Database fresh() {
        return fresh("db" + databases.incrementAndGet());
    }

    /// An empty database, with an owner `<name>_owner` and an application role `<name>_app`.
    ///
    /// @param name lower-case letters, digits and underscores; not used before on this server
    public Database fresh(String name) {
        var database = at(
                name,
                new Login(name + "_owner", "secret of the owner of " + name),
                new Login(name + "_app", "secret of the app of " + name));
        try {
            create(database);
        } catch (SQLException e) {
            throw new IllegalStateException("no database " + name, e);
        }
        return database;
    }

    private Database at(String name, Login owner, Login app) {
        return new Database(host(), port, name, owner, app, ca());
    }

    private void create(Database database) throws SQLException {
        var owner = database.owner().user();
        var app = database.app().user();
        try (var connection = superuser();
                var statement = connection.createStatement()) {
            for (var login : new Login[] {database.owner(), database.app()}) {
                statement.execute("CREATE ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '%s'"
                        .formatted(login.user(), login.password()));
            }
            statement.execute("CREATE DATABASE %s OWNER %s".formatted(database.name(), owner));
        }
        try (var connection = superuser(database);
                var statement = connection.createStatement()) {
            var grant = "ALTER DEFAULT PRIVILEGES FOR ROLE %s GRANT %s TO %s";
            statement.execute(grant.formatted(owner, "SELECT, INSERT, UPDATE, DELETE ON TABLES", app));
            statement.execute(grant.formatted(owner, "USAGE, SELECT ON SEQUENCES", app));
            statement.execute(grant.formatted(owner, "USAGE ON SCHEMAS", app));
        }
    }

    private static PostgresServer launch(int major) {
        return launch(ServerFiles.prepare(major, SUPERUSER));
    }

    private static PostgresServer launch(ServerFiles files) {
        var server = new PostgresServer(freePort(), files);
        files.run(server.port);
        server.awaitReady();
        return server;
    }

    /// One that may be crashed; the first call starts it.
    public static PostgresServer mortal() {
        return RUNNING.computeIfAbsent(-MORTAL, none -> launch(MORTAL));
    }

    /// Ends it as a crash would, and starts it again; comes back before it answers.
    public void crash() {
        files.crash();
        files.run(port);
    }

    /// Ends it for good, as a crash would.
    public void end() {
        files.crash();
    }

    /// Comes back when it answers.
    public void awaitReady() {
        var end = Instant.now().plus(START_MAX);
        while (!answers()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("PostgreSQL did not start:\n" + files.log());
            }
            Pause.briefly();
        }
    }

    private boolean answers() {
        try (var connection = superuser()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
