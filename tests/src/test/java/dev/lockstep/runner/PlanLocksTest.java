package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Refusal;
import dev.lockstep.lint.Lock;
import dev.lockstep.lint.Locks;
import dev.lockstep.lint.Strength;
import dev.lockstep.script.Catalogue;
import dev.lockstep.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What `plan` says of locks is what PostgreSQL does.
final class PlanLocksTest {
    private static final List<String> TABLES = List.of(
            "create table parent (id int primary key)",
            "create table t (id int primary key, a int, b varchar(20), pid int)",
            "create index t_a on t (a)",
            "alter table t add constraint c_nv check (a > 0) not valid",
            "alter table t add constraint fk_nv foreign key (pid) references parent (id) not valid",
            "create materialized view mv as select a from t",
            "create function f() returns trigger language plpgsql as 'begin return new; end'");

    private static final List<String> STATEMENTS = List.of(
            "alter table t add column x int",
            "alter table t add column x uuid default gen_random_uuid()",
            "alter table t add column x serial",
            "alter table t add column x int references parent (id)",
            "alter table t drop column b",
            "alter table t rename column b to bb",
            "alter table t alter column a set default 3",
            "alter table t alter column a set not null",
            "alter table t alter column b type text",
            "alter table t add constraint ck check (a > 0)",
            "alter table t validate constraint c_nv",
            "alter table t validate constraint fk_nv",
            "alter table t add constraint fk foreign key (pid) references parent (id)",
            "alter table t add constraint u unique (a)",
            "alter table t alter column a set statistics 500",
            "alter table t set (fillfactor = 80)",
            "alter table t disable trigger user",
            "alter table only t drop constraint fk_nv, add column y int",
            "create index i on t (a)",
            "create unique index i on t (a)",
            "create trigger tr before insert on t for each row execute function f()",
            "create table child (id int references t (id))",
            "comment on table t is 'x'",
            "comment on column public.t.a is 'x'",
            "truncate t",
            "drop table t cascade",
            "reindex table t",
            "insert into t values (1, 1)",
            "update only t set a = 1",
            "delete from t where a = 1",
            "lock table t",
            "analyze t",
            "refresh materialized view mv");

    @Test
    void what_plan_says_of_locks_is_what_postgresql_does() throws SQLException, Refusal {
        var database = PostgresServer.start(18).fresh();
        try (var connection = database.asOwner();
                var statement = connection.createStatement()) {
            for (var sql : TABLES) {
                statement.execute(sql);
            }
            connection.setAutoCommit(false);
            for (var sql : STATEMENTS) {
                var relations = relations(connection);
                statement.execute(sql);
                var held = held(connection, relations);
                connection.rollback();

                assertThat(told(sql)).as(sql).isNotEmpty();
                assertThat(held).as(sql).containsAllEntriesOf(told(sql));
                assertThat(told(sql).containsKey("t")).as(sql).isEqualTo(held.containsKey("t"));
            }
        }
    }

    private static Map<String, Strength> told(String sql) throws Refusal {
        var script =
                Catalogue.of(Map.of("V1__x.sql", sql), "postgresql").scripts().getFirst();
        return Locks.of(script).stream()
                .collect(Collectors.toMap(lock -> lock.table().replace("public.", ""), Lock::strength));
    }

    /// Before a statement, which may drop or rename them: oid → name.
    private static Map<Long, String> relations(Connection connection) throws SQLException {
        var relations = new HashMap<Long, String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select oid::bigint, relname from pg_class where relname in ('t', 'parent', 'mv')")) {
            while (row.next()) {
                relations.put(row.getLong(1), row.getString(2));
            }
        }
        return relations;
    }

    /// The strongest lock of this transaction on each, unless it only reads.
    private static Map<String, Strength> held(Connection connection, Map<Long, String> relations) throws SQLException {
        var held = new HashMap<String, Strength>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select relation::bigint, mode from pg_locks"
                        + " where pid = pg_backend_pid() and locktype = 'relation' and mode <> 'AccessShareLock'")) {
            while (row.next()) {
                var table = relations.get(row.getLong(1));
                var mode = row.getString(2).toLowerCase(Locale.ROOT);
                var strength = Arrays.stream(Strength.values())
                        .filter(it -> it.mode().equals(mode))
                        .findFirst();
                if (table != null && strength.isPresent()) {
                    held.merge(table, strength.get(), (a, b) -> a.compareTo(b) > 0 ? a : b);
                }
            }
        }
        return held;
    }
}
