package dev.lockstep.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Catalogue;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LossesTest {
    private static Losses losses(String sql) throws Refusal {
        var script =
                Catalogue.of(Map.of("V1__a.sql", sql), "postgresql").scripts().getFirst();
        return Losses.of(Verdict.of(script, Set.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop table t | t",
                "drop table if exists Other.T, \"Odd one\".\"T\" cascade | Odd one.T other.t",
                "drop materialized view v | v",
                "truncate only a.t, b restart identity | a.t b",
                "truncate table t * | t",
                "delete from only t where a = 1 | t",
                "with gone as (delete from a returning *) insert into b select * from gone | a",
                "update a.t set x = 1 from b | a.t",
                "insert into t values (1) on conflict (a) do update set a = 2 | ''",
                "select * from t for update | ''",
                "merge into t using s on true when matched then delete | t",
                "alter table t add x int, drop column y | t",
                "alter table t alter x type int | t",
                "alter table t add constraint k foreign key (a) references b on delete cascade on update cascade | ''",
                "alter table t drop constraint k, alter a drop default | ''",
                "alter table t add x int | ''",
                "create table t (a int references b on delete cascade) | ''",
                "create trigger g before update or delete on t for each row execute function f() | ''",
                "grant update, delete on t to r | ''",
                "do $$ begin delete from a; update b set x = 1; end $$ | a b"
            })
    void tables_in_which_rows_may_be_lost(String sql, String tables) throws Refusal {
        assertThat(losses(sql).tables().stream()
                        .map(parts -> String.join(".", parts))
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .isEqualTo(tables);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop owned by r",
                "drop type e cascade",
                "drop domain d cascade",
                "drop extension x cascade",
                "do $$ begin execute 'truncate ' || name; end $$",
                "do $$ begin execute 'truncate table t'; end $$",
                "set search_path to other; drop table t"
            })
    void what_does_not_say_what_it_destroys(String sql) throws Refusal {
        assertThat(losses(sql).untold()).contains(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table t; drop table t",
                "drop schema s cascade",
                "drop view v",
                "set search_path to other; drop table other.t",
                "do $$ begin drop table t; end $$"
            })
    void what_says_it(String sql) throws Refusal {
        assertThat(losses(sql).untold()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select f()", "call p()", "do $$ begin perform f(); end $$"})
    void what_runs_what_cannot_be_read(String sql) throws Refusal {
        assertThat(losses(sql).hidden()).isTrue();
    }
}
