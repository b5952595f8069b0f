package dev.lockstep.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.sqlite.JDBC;

/// Stands before SQLite's own driver for one file, and cuts every connection to it at the n-th call that reaches the
/// database: as if the process had died there, its transaction rolls back and nothing after it happens.
public final class CuttingDriver implements Driver, AutoCloseable {
    private static final Set<String> CALLS =
            Set.of("execute", "executeQuery", "executeUpdate", "commit", "rollback", "setAutoCommit");

    private final Driver real = new JDBC();
    private final String url;
    private final int cutAt;
    private final boolean afterwards;
    private final AtomicInteger calls = new AtomicInteger();

    /// @param cutAt from 1; at 0 nothing is cut
    /// @param afterwards the n-th call is still made
    public CuttingDriver(String file, int cutAt, boolean afterwards) throws SQLException {
        this.url = "jdbc:sqlite:" + file;
        this.cutAt = cutAt;
        this.afterwards = afterwards;
        for (var other : DriverManager.drivers().toList()) { // the first that takes the address is asked
            if (other.acceptsURL(url)) {
                DriverManager.deregisterDriver(other);
            }
        }
        DriverManager.registerDriver(this);
        DriverManager.registerDriver(real);
    }

    /// How many there were.
    public int calls() {
        return calls.get();
    }

    private boolean isCut() {
        return cutAt > 0 && calls.get() >= cutAt;
    }

    @Override
    public Connection connect(String address, Properties properties) throws SQLException {
        if (isCut()) {
            throw new SQLException("cut");
        }
        var connection = real.connect(address, properties);
        return (Connection) Proxy.newProxyInstance(
                CuttingDriver.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new Cutting(connection, connection));
    }

    /// Calls on a connection or on a statement of it.
    private final class Cutting implements InvocationHandler {
        private final Connection connection;
        private final Object target;

        Cutting(Connection connection, Object target) {
            this.connection = connection;
            this.target = target;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("close")) {
                return real(method, arguments);
            }
            if (isCut()) {
                throw new SQLException("cut");
            }
            if (!CALLS.contains(method.getName())) {
                return real(method, arguments);
            }
            boolean last = calls.incrementAndGet() == cutAt;
            if (last && !afterwards) {
                throw died();
            }
            var answer = real(method, arguments);
            if (last) {
                throw died();
            }
            return answer;
        }

        private SQLException died() throws SQLException {
            connection.close();
            return new SQLException("cut");
        }

        private Object real(Method method, Object[] arguments) throws Throwable {
            try {
                return wrapped(method.invoke(target, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private Object wrapped(Object answer) {
            return switch (answer) {
                case PreparedStatement prepared -> proxy(PreparedStatement.class, prepared);
                case Statement statement -> proxy(Statement.class, statement);
                case null, default -> answer;
            };
        }

        private Object proxy(Class<?> type, Object inner) {
            return Proxy.newProxyInstance(
                    CuttingDriver.class.getClassLoader(), new Class<?>[] {type}, new Cutting(connection, inner));
        }
    }

    @Override
    public boolean acceptsURL(String address) {
        return url.equals(address);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String address, Properties properties) throws SQLException {
        return real.getPropertyInfo(address, properties);
    }

    @Override
    public int getMajorVersion() {
        return real.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return real.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return real.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(this);
    }
}
