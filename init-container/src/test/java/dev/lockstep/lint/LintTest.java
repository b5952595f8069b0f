package dev.lockstep.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Catalogue;
import dev.lockstep.script.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Each rule finds what it is there for and keeps silent beside it.
final class LintTest {
    private static final Path PAGE = Path.of("../docs/reference/lint.md");
    private static final String TABLES = """
            create type mood as enum ('ok');
            create table orders (id int primary key, a int, name varchar(20), total numeric(10, 2), day cidr);
            create table people (id int primary key, name text);
            create table parts (id int) partition by range (id);
            """;

    private static List<Finding> findings(String vendor, boolean empty, String... scripts) throws Refusal {
        var files = new LinkedHashMap<String, String>(Map.of("V1__tables.sql", TABLES));
        IntStream.range(0, scripts.length).forEach(i -> files.put("V" + (i + 2) + "__s.sql", scripts[i]));
        var all = Catalogue.of(files, vendor).scripts().stream()
                .sorted(Comparator.comparing(Script::number))
                .toList();
        return new Lint(vendor, all).of(all, empty);
    }

    private static List<String> words(String vendor, String... scripts) throws Refusal {
        return findings(vendor, false, scripts).stream()
                .map(it -> it.rule().word())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index-blocks-writes | create index i on orders (a)",
                "index-blocks-writes | create unique index i on public.orders (a) where a > 0",
                "index-blocks-writes | create table t (a int); create index i on t (a); create index j on orders (a)",
                "reindex-blocks-writes | reindex table orders",
                "drop-index-blocks | drop index if exists i",
                "constraint-scans | alter table orders add constraint k check (a > 0)",
                "constraint-scans | alter table orders add foreign key (a) references people (id)",
                "constraint-scans | alter table orders add column b int default 1 references people (id)",
                "constraint-scans | alter table orders add column b int check (b > 0)",
                "validated-at-once | alter table orders add constraint k check (a > 0) not valid; alter table orders validate constraint k",
                "constraint-builds | alter table orders add constraint k unique (a, name)",
                "constraint-builds | alter table orders add column b int unique",
                "constraint-builds | alter table orders add exclude using gist (a with =)",
                "not-null-scans | alter table orders alter column a set not null",
                "required-column | alter table orders add column b int not null",
                "type-rewrites | alter table orders alter column a type bigint",
                "type-rewrites | alter table orders alter column name type varchar(10)",
                "type-rewrites | alter table orders alter total set data type numeric(12, 3)",
                "type-rewrites | alter table orders alter column name type text using upper(name)",
                "type-rewrites | alter table elsewhere alter column a type text",
                "table-rewrites | alter table orders add column b uuid default gen_random_uuid()",
                "table-rewrites | alter table orders add column b bigserial",
                "table-rewrites | alter table orders add column b int generated always as (a + 1) stored",
                "table-rewrites | alter table orders set unlogged",
                "table-rewrites | vacuum full orders",
                "detach-blocks | alter table parts detach partition p1",
                "rows-under-lock | alter table orders add column b int; update orders set b = 1 where a = 1",
                "several-tables | alter table orders add column b int; alter table people add column b int",
                "every-row | update orders set a = 1",
                "enum-value-at-once | alter type mood add value 'sad'; insert into people values (1, 'sad')",
                "rename | alter table orders rename column a to b",
                "rename | alter table orders rename to o",
                "phase-contradicted | -- Phase: expand~alter table orders drop column a",
                "mixed-phases | alter table orders add column b int, drop column a; create view v as select 1",
                "cascade | drop view v cascade",
                "cascade | alter table orders drop column a cascade",
                "transaction-in-script | commit",
                "several-outside | vacuum orders; create index concurrently i on orders (a)",
                "secret-in-script | create role r login password 'x'",
                "unknown-rule | -- Lint-allow: nothing~select 1",
            })
    void what_hurts_is_found(String rule, String sql) throws Refusal {
        assertThat(words("postgresql", sql.replace('~', '\n'))).containsOnly(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create index concurrently i on orders (a)",
                "create index concurrently if not exists i on orders (a)",
                "create table t (a int); create index i on t (a); alter table t add unique (a)",
                "create table t (a int references people (id), b serial, c text not null, check (a > 0))",
                "alter table orders add column b int references people (id)",
                "alter table orders add constraint k check (a > 0) not valid",
                "alter table orders add constraint k foreign key (a) references people (id) not valid",
                "alter table orders validate constraint k",
                "alter table orders add constraint k unique using index i",
                "alter table orders add column b int not null default 0",
                "alter table orders add column b timestamptz default now()",
                "alter table orders alter column name type varchar(30)",
                "alter table orders alter column name type text",
                "alter table orders alter column total type numeric(12, 2)",
                "alter table orders alter column total type numeric",
                "alter table orders alter column day type inet",
                "alter table parts detach partition p1 concurrently",
                "update orders set a = 1 where a is null",
                "alter table orders add column b int; insert into orders values (1)",
                "alter type mood add value 'sad'",
                "alter table orders rename constraint k to l",
                "-- Phase: contract~alter table orders drop column a",
                "alter table orders drop column a",
                "create function f() returns int language sql as $$ select 1 $$",
                "create role r login",
                "-- Lint-allow: rename~alter table orders rename column a to b",
            })
    void what_does_not_hurt_is_left_alone(String sql) throws Refusal {
        assertThat(words("postgresql", sql.replace('~', '\n'))).isEmpty();
    }

    @Test
    void a_check_that_was_proved_before_makes_not_null_cheap() throws Refusal {
        var add = "alter table orders add constraint k check (a is not null) not valid";
        var validate = "alter table orders validate constraint k";
        var set = "alter table orders alter column a set not null";

        assertThat(words("postgresql", add, validate, set)).isEmpty();
        assertThat(words("postgresql", add, set, validate)).containsExactly("not-null-scans");
    }

    @Test
    void a_copy_that_no_trigger_keeps_in_step_loses_writes() throws Refusal {
        var fill = "update orders set b = a where b is null";
        var trigger = "create trigger keep before insert or update on orders for each row execute function keep()";
        var drop = "alter table orders drop column a";

        assertThat(words("postgresql", fill, drop)).containsExactly("lost-writes");
        assertThat(words("sqlite", fill, drop)).containsExactly("lost-writes");
        assertThat(words("postgresql", trigger, fill, drop)).isEmpty();
        assertThat(words("postgresql", fill)).isEmpty();
        assertThat(words("postgresql", "update orders set b = 1 where a > 1", drop))
                .isEmpty();
    }

    @Test
    void a_script_without_a_way_down_is_told_of_where_others_have_one() throws Refusal {
        var files = Map.of("V1__a.sql", "select 1;", "U1__a.sql", "select 1;", "V2__b.sql", "select 1;");
        var all = Catalogue.of(files, "postgresql").scripts();

        assertThat(new Lint("postgresql", all).of(all, false))
                .extracting(it -> it.file() + " " + it.rule().word())
                .containsExactly("V2__b.sql no-down");
    }

    @Test
    void on_an_empty_database_nothing_is_in_anybodys_way() throws Refusal {
        assertThat(findings("postgresql", true, "create index i on orders (a)", "alter table orders add unique (a)"))
                .isEmpty();
    }

    @Test
    void sqlite_has_its_own_rules() throws Refusal {
        assertThat(words("sqlite", "create index i on orders (a)")).isEmpty();
        assertThat(words("sqlite", "alter table orders alter column a type bigint"))
                .containsExactly("table-copied");
        assertThat(words("sqlite", "alter table orders add column b int not null"))
                .containsExactly("required-column");
    }

    @ParameterizedTest
    @EnumSource
    void a_finding_says_where_and_what_to_do(Rule rule) {
        assertThat(Rule.parse(rule.word())).contains(rule);
        assertThat(rule.meaning()).endsWith(".");
    }

    /// With `-Dlockstep.golden=write` it is rewritten instead.
    @Test
    void the_page_of_the_rules_is_what_they_say() throws IOException {
        if ("write".equals(System.getProperty("lockstep.golden"))) {
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE).hasContent(page());
    }

    private static String page() {
        var head = """
                # What lint says

                `lockstep lint` reads every script, those after a revision (`--since REV`) or those that a database does not
                have yet (`--pending`), and exits with 6 if it finds an error (`--strict`: or a warning). A script whose author
                has decided otherwise says so in its header: `-- Lint-allow: rename, every-row`.

                A table that the script makes itself is nobody's yet, so nothing done to it hurts; with `--pending`, neither is
                one that an earlier pending script makes in a database that is empty.

                | rule | level | where | what happens |
                |---|---|---|---|
                """;
        return head + Arrays.stream(Rule.values()).map(LintTest::row).collect(Collectors.joining());
    }

    private static String row(Rule rule) {
        var where = rule.appliesTo("sqlite") ? rule.appliesTo("postgresql") ? "both" : "SQLite" : "PostgreSQL";
        return "| `%s` | %s | %s | %s |%n".formatted(rule.word(), rule.level(), where, rule.meaning());
    }
}
