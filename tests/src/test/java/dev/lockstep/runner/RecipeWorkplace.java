package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A table, a recipe's scripts, and two releases that write.
abstract class RecipeWorkplace extends RecipeRefusalConformance {
    static final String BOTH = "select coalesce(cast(qty as text), 'null') || ' '"
            + " || coalesce(cast(quantity as text), 'null') from orders order by id";

    void orders(String qty, String... rows) throws SQLException {
        terminal.script(
                "V1__init.sql", "create table orders (id integer primary key, qty " + qty + ", other integer);\n");
        succeeds(terminal.upgrade());
        for (var row : rows) {
            database().execute("insert into orders (id, qty) values (" + row + ")");
        }
    }

    /// Writes the scripts of a recipe, with their down scripts.
    void write(String... options) {
        var all = new ArrayList<>(List.of(options));
        all.add("--down");
        succeeds(terminal.show("revision", all.toArray(String[]::new)));
    }

    void rename(String type, String... more) {
        var options = new ArrayList<>(
                List.of("--recipe=rename", "--table=orders", "--column=qty", "--to=quantity", "--type=" + type));
        options.addAll(List.of(more));
        write(options.toArray(String[]::new));
    }

    /// A number that becomes larger.
    void retype(String... more) {
        var options = new ArrayList<>(
                List.of("--recipe=retype", "--table=orders", "--column=qty", "--to=quantity", "--type=bigint"));
        options.addAll(List.of(more));
        write(options.toArray(String[]::new));
    }

    void next() {
        succeeds(terminal.upgrade("+1", "--yes", "--backup=never"));
    }

    /// Columns in any order, for a column that comes back is the last one, and what the scripts may not
    /// leave behind.
    List<String> schema() throws SQLException {
        return switch (database()) {
            case Bed.Postgresql postgresql -> database().column("""
                            select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
                            from information_schema.columns where table_name in ('orders', 'people')
                            union all select tgname from pg_trigger where not tgisinternal
                            union all select proname from pg_proc where pronamespace = 'public'::regnamespace
                            union all select conname from pg_constraint where contype = 'c' and conrelid <> 0
                            order by 1""");
            case Bed.Sqlite sqlite ->
                database()
                        .column("select lower(sql) from sqlite_schema where tbl_name in ('orders', 'people')")
                        .stream()
                        .flatMap(sql -> Stream.of(sql.split("[(),]")))
                        .map(String::strip)
                        .sorted()
                        .toList();
        };
    }

    void refused(String sql) {
        assertThatThrownBy(() -> database().execute(sql)).isInstanceOf(SQLException.class);
    }
}
