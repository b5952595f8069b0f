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
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.sqlite.JDBC;

/// Stands before SQLite's own driver for one file and does harm once, at one of the calls that reach the database.
public final class CuttingDriver implements Driver, AutoCloseable {
    private static final Set<String> CALLS =
            Set.of("execute", "executeQuery", "executeUpdate", "commit", "rollback", "setAutoCommit");

    private final Driver real = new JDBC();
    private final String url;
    private final Moment moment;
    private final Harm harm;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean done = new AtomicBoolean();

    /// Which call it is, and whether it is made before the harm is done.
    public sealed interface Moment {
        boolean afterwards();

        /// From 1; at 0 it is none.
        record Nth(int call, boolean afterwards) implements Moment {}

        /// The first that has this text.
        record Text(String sql, boolean afterwards) implements Moment {}
    }

    public sealed interface Harm {
        /// As if the process had died there: its transaction rolls back and nothing after it happens.
        record Cut() implements Harm {}

        /// From now on each call takes so much longer.
        record Slow(Duration time) implements Harm {}

        /// Something else happens elsewhere.
        record Deed(Runnable deed) implements Harm {}
    }

    public CuttingDriver(String file, Moment moment, Harm harm) throws SQLException {
        this.url = "jdbc:sqlite:" + file;
        this.moment = moment;
        this.harm = harm;
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

    /// Has the moment come?
    public boolean isDone() {
        return done.get();
    }

    private boolean isCut() {
        return done.get() && harm instanceof Harm.Cut;
    }

    /// Is this the call?
    private boolean isNow(String sql) {
        int call = calls.incrementAndGet();
        boolean now = switch (moment) {
            case Moment.Nth(int nth, boolean _) -> call == nth;
            case Moment.Text(String text, boolean _) -> sql.contains(text);
        };
        return now && !done.getAndSet(true);
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
                new Cutting(connection, connection, ""));
    }

    /// Calls on a connection or on a statement of it.
    private final class Cutting implements InvocationHandler {
        private final Connection connection;
        private final Object target;
        private final String prepared;

        Cutting(Connection connection, Object target, String prepared) {
            this.connection = connection;
            this.target = target;
            this.prepared = prepared;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            var sql =
                    arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : prepared;
            if (method.getName().equals("close")) {
                return real(method, sql, arguments);
            }
            if (isCut()) {
                throw new SQLException("cut");
            }
            if (!CALLS.contains(method.getName())) {
                return real(method, sql, arguments);
            }
            boolean now = isNow(sql);
            if (now && !moment.afterwards()) befall();
            if (done.get() && harm instanceof Harm.Slow(Duration time)) Pause.of(time);
            var answer = real(method, sql, arguments);
            if (now && moment.afterwards()) befall();
            return answer;
        }

        private void befall() throws SQLException {
            switch (harm) {
                case Harm.Cut() -> throw died();
                case Harm.Slow(Duration _) -> {}
                case Harm.Deed(Runnable deed) -> deed.run();
            }
        }

        private SQLException died() throws SQLException {
            connection.close();
            return new SQLException("cut");
        }

        private Object real(Method method, String sql, Object[] arguments) throws Throwable {
            try {
                return wrapped(method.invoke(target, arguments), sql);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private Object wrapped(Object answer, String sql) {
            return switch (answer) {
                case PreparedStatement statement -> proxy(PreparedStatement.class, statement, sql);
                case Statement statement -> proxy(Statement.class, statement, "");
                case null, default -> answer;
            };
        }

        private Object proxy(Class<?> type, Object inner, String sql) {
            return Proxy.newProxyInstance(
                    CuttingDriver.class.getClassLoader(), new Class<?>[] {type}, new Cutting(connection, inner, sql));
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
