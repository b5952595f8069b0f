package dev.lockstep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.server.FaultProxy.Harm;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Whether the harm is one.
final class FaultProxyTest {
    private static final Duration SILENCE = Duration.ofMillis(700);
    private static final String SQL = "select 'moment'";

    private final PostgresServer server = PostgresServer.start(18);
    private final Database database = server.fresh();

    private static FaultProxy proxy(PostgresServer server, boolean afterwards, Harm harm) throws IOException {
        return new FaultProxy(server.port(), new FaultProxy.Moment("moment", afterwards), harm);
    }

    private Connection connect(FaultProxy proxy) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + proxy.port() + "/" + database.name() + "?sslmode=disable",
                database.owner().user(),
                database.owner().password());
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void a_network_that_stands_still_holds_answers_too() throws IOException, SQLException {
        try (var proxy = proxy(server, true, new Harm.Stall(SILENCE));
                var connection = connect(proxy);
                var statement = connection.createStatement()) {
            long begun = System.nanoTime();

            assertThat(statement.execute(SQL)).isTrue();

            assertThat(since(begun)).isGreaterThanOrEqualTo(SILENCE);
        }
    }

    @Test
    void a_silent_network_lets_neither_end_hear_that_the_other_is_gone() throws IOException, SQLException {
        try (var proxy = proxy(server, false, new Harm.HalfOpen(SILENCE));
                var connection = connect(proxy);
                var statement = connection.createStatement()) {
            long begun = System.nanoTime();

            assertThatThrownBy(() -> statement.execute(SQL)).isInstanceOf(SQLException.class);
            assertThat(since(begun)).isGreaterThanOrEqualTo(SILENCE);
        }
    }

    @Test
    void a_client_that_leaves_a_silent_network_stays_for_the_server() throws Exception {
        try (var proxy = proxy(server, false, new Harm.HalfOpen(SILENCE));
                var connection = connect(proxy);
                var leaving = connect(proxy)) {
            var silent = Thread.ofVirtual().start(() -> fails(connection));
            while (!proxy.isDone()) {
                Pause.briefly();
            }
            leaving.abort(Runnable::run);
            Pause.briefly();

            assertThat(sessions()).isEqualTo(2);
            silent.join();
            Pause.of(SILENCE);
            assertThat(sessions()).isZero();
        }
    }

    @Test
    void a_statement_is_at_work_when_the_harm_comes_afterwards() throws IOException, SQLException {
        var working = new AtomicInteger();
        Harm look = new Harm.Deed(() -> working.set(working()));
        try (var proxy = proxy(server, true, look);
                var connection = connect(proxy);
                var statement = connection.createStatement()) {
            assertThat(statement.execute("select 'moment', pg_sleep(1)")).isTrue();
        }

        assertThat(working.get()).isEqualTo(1);
    }

    private static void fails(Connection connection) {
        assertThatThrownBy(() -> connection.createStatement().execute(SQL)).isInstanceOf(SQLException.class);
    }

    private int working() {
        try {
            return count("wait_event = 'PgSleep'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int sessions() throws SQLException {
        return count("true");
    }

    private int count(String where) throws SQLException {
        try (var connection = server.superuser();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from pg_stat_activity where datname = '"
                        + database.name() + "' and " + where)) {
            row.next();
            return row.getInt(1);
        }
    }
}
