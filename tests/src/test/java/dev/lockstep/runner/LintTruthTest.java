package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Refusal;
import dev.lockstep.lint.Finding;
import dev.lockstep.lint.Lint;
import dev.lockstep.lint.Rule;
import dev.lockstep.script.Catalogue;
import dev.lockstep.script.Script;
import dev.lockstep.server.Database;
import dev.lockstep.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What lint says of a statement is what PostgreSQL does, and what it would write instead ends in the same schema.
final class LintTruthTest {
    private static final String TABLES = """
            create type mood as enum ('ok');
            create table people (id int primary key);
            create table orders (id int primary key, a int, b bigint, name varchar(20), note text,
                total numeric(10, 2), day cidr, made timestamp, data json);
            create index orders_a on orders (a);
            """;
    private static final Set<Rule> WRITES_ANEW = Set.of(Rule.TypeRewrites, Rule.TableRewrites);

    private static List<Finding> findings(List<String> scripts) throws Refusal {
        var files = new HashMap<String, String>(Map.of("V1__tables.sql", TABLES));
        for (int i = 0; i < scripts.size(); i++) {
            files.put("V" + (i + 2) + "__s.sql", scripts.get(i));
        }
        var all = Catalogue.of(files, "postgresql").scripts().stream()
                .sorted(Comparator.comparing(Script::number))
                .toList();
        return new Lint("postgresql", all).of(all, false);
    }

    private static Connection tables(Database database) throws SQLException {
        var connection = database.asOwner();
        execute(connection, TABLES);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                values.add(String.valueOf(row.getString(1)));
            }
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add column c int",
                "add column c int not null default 3",
                "add column c timestamptz default now()",
                "add column c timestamptz default clock_timestamp()",
                "add column c uuid default gen_random_uuid()",
                "add column c serial",
                "add column c int generated always as identity",
                "add column c int generated always as (a + 1) stored",
                "add column c int references people (id)",
                "add column c mood default 'ok'",
                "alter column name type varchar(30)",
                "alter column name type varchar(10)",
                "alter column name type varchar",
                "alter column name type text",
                "alter column name type text using upper(name)",
                "alter column note type varchar",
                "alter column note type varchar(10)",
                "alter column a type bigint",
                "alter column b type int",
                "alter column total type numeric(12, 2)",
                "alter column total type numeric(12, 3)",
                "alter column total type numeric",
                "alter column total type decimal(9, 2)",
                "alter column day type inet",
                "alter column data type jsonb",
                "alter column a type text",
                "set unlogged",
                "drop column a",
            })
    void a_table_is_written_anew_where_lint_says_so(String action) throws SQLException, Refusal {
        var sql = "alter table orders " + action;
        var file = "select pg_relation_filenode('orders')";
        try (var connection = tables(PostgresServer.start(18).fresh())) {
            execute(connection, "insert into orders (id, a, name) values (1, 1, 'x')");
            var before = column(connection, file);
            execute(connection, sql);

            assertThat(findings(List.of(sql)).stream().anyMatch(it -> WRITES_ANEW.contains(it.rule())))
                    .isEqualTo(!column(connection, file).equals(before));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index i on orders (a, lower(note)) where a > 0",
                "create unique index i on orders using btree (a desc nulls last) include (b)",
                "drop index orders_a",
                "alter table orders add constraint k check (a > 0 and note <> 'it''s')",
                "alter table orders add constraint k foreign key (a) references people (id) on delete set null",
                "alter table orders add constraint k unique (a, b)",
                "alter table only public.orders add constraint k unique (a)",
                "reindex index orders_a",
            })
    void what_it_writes_instead_ends_in_the_same_schema(String sql) throws SQLException, Refusal {
        var found = findings(List.of(sql));
        assertThat(found).hasSize(1);
        var instead = found.getFirst().instead().stream()
                .filter(line -> line.endsWith(";"))
                .toList();
        assertThat(instead).isNotEmpty();
        assertThat(findings(instead)).isEmpty();

        var server = PostgresServer.start(18);
        try (var one = tables(server.fresh());
                var other = tables(server.fresh())) {
            execute(one, sql);
            for (var statement : instead) {
                execute(other, statement);
            }
            assertThat(schema(other)).isEqualTo(schema(one));
        }
    }

    private static List<String> schema(Connection connection) throws SQLException {
        var indexes = "select pg_get_indexdef(indexrelid) || indisvalid from pg_index"
                + " where indrelid = 'orders'::regclass order by 1";
        var constraints = "select conname || pg_get_constraintdef(oid) || convalidated from pg_constraint"
                + " where conrelid = 'orders'::regclass order by 1";
        var all = new ArrayList<>(column(connection, indexes));
        all.addAll(column(connection, constraints));
        return all;
    }
}
