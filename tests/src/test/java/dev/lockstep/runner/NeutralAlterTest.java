package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same script on PostgreSQL and on SQLite, with the same effect.
final class NeutralAlterTest {
    private static final String BEFORE = """
            create table customer (id integer primary key, name varchar(20) not null, note text default 'none');
            insert into customer (id, name) values (1, 'Ada'), (2, 'Grace');
            create table orders (id integer primary key, customer integer, total text, state text unique, gone integer check (gone > 0));
            insert into orders values (1, 1, '10', 'a', 7), (2, 2, '20', 'b', 8);
            create index orders_gone on orders (gone, total);
            """;
    private static final String SCRIPT = """
            alter table orders alter column total type integer using cast(total as integer);
            alter table only orders
              add constraint orders_total_positive check (total > 0),
              add constraint orders_customer_fkey foreign key (customer) references customer (id) on delete cascade,
              alter column customer set not null;
            alter table orders drop constraint orders_state_key, drop constraint if exists orders_no_such;
            alter table orders rename constraint orders_total_positive to positive;
            alter table orders drop column if exists gone, add column if not exists total integer;
            alter table orders add column made text not null default 'now', add unique (state, total);
            alter table customer alter column note set default 'changed', alter name type text, alter note set not null;
            alter table if exists customer add column rank integer default 1 + 1;
            alter table if exists nowhere drop column nothing;
            alter table orders drop constraint orders_customer_fkey;
            alter table customer drop constraint customer_pkey;
            insert into customer (id, name) values (3, 'Mary');
            """;
    private static final List<String> QUESTIONS = List.of(
            "select id || ' ' || name || ' ' || note || ' ' || rank from customer order by id",
            "select id || ' ' || customer || ' ' || (total + 1) || ' ' || state || ' ' || made from orders order by id");

    /// What a database that has the constraints refuses.
    private static final List<String> WRONG = List.of(
            "insert into orders (id, customer, total, state) values (9, 1, 0, 'x')",
            "insert into orders (id, customer, total, state) values (9, null, 1, 'x')",
            "insert into orders (id, customer, total, state) values (1, 1, 1, 'x')",
            "insert into orders (id, customer, total, state) values (9, 1, 10, 'a')",
            "insert into customer (id, name) values (null, 'x')",
            "insert into customer (id, name, note) values (5, 'x', null)");

    @TempDir
    Path folder;

    @Test
    void one_script_has_one_effect_on_both() throws SQLException {
        var sqlite = new Terminal(new Bed.Sqlite(folder.resolve("app.db")), folder.resolve("sqlite"));
        var postgresql = new Terminal(Bed.postgresql(18), folder.resolve("postgresql"));

        run(sqlite);
        run(postgresql);

        for (var question : QUESTIONS) {
            assertThat(sqlite.bed().column(question))
                    .isEqualTo(postgresql.bed().column(question))
                    .hasSizeGreaterThan(1);
        }
        for (var wrong : WRONG) {
            assertThat(refuses(sqlite.bed(), wrong)).as(wrong).isTrue();
            assertThat(refuses(postgresql.bed(), wrong)).as(wrong).isTrue();
        }
    }

    private static void run(Terminal terminal) {
        terminal.script("V1__before.sql", BEFORE).script("V2__script.sql", SCRIPT);
        Workplace.succeeds(terminal.migrate());
    }

    private static boolean refuses(Bed bed, String sql) {
        try {
            bed.execute(sql);
            return false;
        } catch (SQLException refused) {
            return true;
        }
    }

    @Test
    void what_fails_on_one_fails_on_the_other_with_the_same_line() {
        for (var bed : List.of(new Bed.Sqlite(folder.resolve("bad.db")), Bed.postgresql(18))) {
            var terminal = new Terminal(bed, folder.resolve("bad-" + bed.vendor()));
            terminal.script("V1__before.sql", BEFORE)
                    .script("V2__bad.sql", "\nalter table orders add constraint c check (total <> '20');\n");

            Workplace.fails(terminal.migrate(), Code.StatementFailed, "V2__bad.sql:2: ");
        }
    }
}
