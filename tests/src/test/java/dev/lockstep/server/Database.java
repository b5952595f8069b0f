package dev.lockstep.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// Where an empty database is and who may do what in it.
///
/// @param host `localhost`, the name in the server's certificate
/// @param owner owns the database and nothing else on the server; no superuser, creates no databases and no roles
/// @param app owns nothing; reads and writes the rows of every table the owner creates
/// @param ca PEM file of the authority that signed the server's certificate
public record Database(String host, int port, String name, Login owner, Login app, Path ca) {
    /// A TLS connection that migrations would use; the certificate and the host's name are verified.
    public Connection asOwner() throws SQLException {
        return connect(owner);
    }

    /// A TLS connection that the application would use; the certificate and the host's name are verified.
    public Connection asApp() throws SQLException {
        return connect(app);
    }

    /// As a replica would connect.
    Connection replication(Login login) throws SQLException {
        var properties = new Properties();
        properties.setProperty("replication", "true");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "15");
        return connect(login, properties);
    }

    Connection connect(Login login) throws SQLException {
        return connect(login, new Properties());
    }

    private Connection connect(Login login, Properties properties) throws SQLException {
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", ca.toString());
        return DriverManager.getConnection("jdbc:postgresql://%s:%d/%s".formatted(host, port, name), properties);
    }
}
