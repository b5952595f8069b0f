package dev.lockstep.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Refusal;
import dev.lockstep.lint.Effect.Weight;
import dev.lockstep.script.Catalogue;
import dev.lockstep.script.Phase;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerdictTest {
    private static Verdict verdict(String sql) throws Refusal {
        return Verdict.of(
                Catalogue.of(Map.of("V1__a.sql", sql), "postgresql").scripts().getFirst(), Set.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DESTRUCTIVE | drop table t",
                "DESTRUCTIVE | DROP TABLE IF EXISTS a.t CASCADE",
                "DESTRUCTIVE | alter table t drop column c",
                "DESTRUCTIVE | alter table t drop c",
                "DESTRUCTIVE | alter table t add d int, drop column if exists c",
                "DESTRUCTIVE | truncate t",
                "DESTRUCTIVE | truncate table a, b",
                "DESTRUCTIVE | delete from t",
                "DESTRUCTIVE | drop schema s",
                "DESTRUCTIVE | drop type e cascade",
                "BREAKING | drop type e",
                "DESTRUCTIVE | drop materialized view v",
                "DESTRUCTIVE | drop owned by r",
                "DESTRUCTIVE | do $$ begin if true then drop table t; end if; end $$",
                "DESTRUCTIVE | do $$ begin execute 'truncate table t'; end $$",
                "DESTRUCTIVE | do $$ begin truncate t; end $$",
                "DESTRUCTIVE | do $$ begin delete from t; perform 1 from u where a = 1; end $$",
                "DESTRUCTIVE | do $$ begin execute E'delete from t'; end $$",
                "DESTRUCTIVE | do language plpgsql 'begin if exists (select 1 from u where a = 1) then delete from t; end if; end'",
                "DESTRUCTIVE | delete from t where true",
                "DESTRUCTIVE | delete from t where 1=1",
                "DESTRUCTIVE | delete from only t where (1 = 1) and not false",
                "DESTRUCTIVE | delete from t where a = 1 or true",
                "DESTRUCTIVE | delete from t returning (select 1 from u where a = 2)",
                "DESTRUCTIVE | with gone as (delete from t returning a) select a from gone where a > 1",
                "DESTRUCTIVE | with gone as (select 1) delete from t",
                "DESTRUCTIVE | explain analyze delete from t",
                "DESTRUCTIVE | merge into t using u on t.a = u.a when matched and u.b > 1 then delete",
                "NEUTRAL | merge into t using u on t.a = u.a when matched then update set b = u.b",
                "NEUTRAL | with gone as (delete from t where a = 1 returning a) insert into u select a from gone",
                "NEUTRAL | delete from t where a in (select a from u) returning a",
                "NEUTRAL | do $$ begin delete from t where a = 1; end $$",
                "BREAKING | alter table t alter column c set not null",
                "BREAKING | alter table t rename column a to b",
                "BREAKING | alter table t rename to u",
                "BREAKING | alter table t add constraint k check (a > 0)",
                "BREAKING | alter table only t add constraint k check (a > 0) not valid",
                "BREAKING | alter table t add unique (a)",
                "BREAKING | alter table t add column c int not null",
                "BREAKING | alter table t alter column c type int",
                "BREAKING | alter table t alter c type varchar(10)",
                "BREAKING | alter table t alter c drop default",
                "BREAKING | alter table t set schema s",
                "BREAKING | create unique index concurrently i on t (a)",
                "BREAKING | drop view v",
                "BREAKING | drop function f(int)",
                "BREAKING | alter type e rename value 'a' to 'b'",
                "BREAKING | revoke select on t from r",
                "ADDING | create table t (a int check (a > 0), b text unique)",
                "ADDING | alter table t add column c int not null default 0",
                "ADDING | alter table t add column c int",
                "ADDING | create index i on t (a)",
                "ADDING | alter type e add value 'x'",
                "ADDING | create or replace function f() returns void language sql as $$ delete from t $$",
                "NEUTRAL | alter table t alter column c type bigint",
                "NEUTRAL | alter table t drop constraint k",
                "NEUTRAL | alter table t alter c drop not null",
                "NEUTRAL | alter table t rename constraint a to b",
                "NEUTRAL | alter index i rename to j",
                "NEUTRAL | drop index i",
                "NEUTRAL | delete from t where a = 1",
                "NEUTRAL | insert into t values (1)",
                "NEUTRAL | update t set a = 1",
                "NEUTRAL | select 'drop table t'",
                "NEUTRAL | comment on table t is 'drop table t'",
                "NEUTRAL | alter table t alter c set default 1",
                "NEUTRAL | alter table t validate constraint k",
            })
    void each_statement_has_its_weight(Weight weight, String sql) throws Refusal {
        assertThat(verdict(sql).effects()).extracting(Effect::weight).containsExactly(weight);
    }

    @Test
    void nothing_breaks_on_a_table_that_is_new_in_the_same_run() throws Refusal {
        var verdict = verdict("create table t (a int); alter table t alter a set not null; drop table t;");

        assertThat(verdict.phase()).isEqualTo(Phase.EXPAND);
        assertThat(verdict.destructive()).isFalse();
    }

    @Test
    void the_second_drop_of_a_name_drops_what_was_there_before() throws Refusal {
        for (var sql : new String[] {
            "create temp table t (a int); drop table t; drop table t;",
            "create table t (a int); drop table t; drop table t;",
            "create temp table t (a int); alter table t rename to u; drop table t;",
            "create table t (a int); alter table t set schema s; truncate t;",
        }) {
            assertThat(verdict(sql).destructive()).as(sql).isTrue();
        }
        assertThat(verdict("create temp table t (a int);").creates()).isEmpty();
        assertThat(verdict("create table t (a int); drop table t;").creates()).isEmpty();
    }

    @Test
    void a_function_of_the_script_does_what_it_does_when_it_is_called() throws Refusal {
        var wipe =
                "create or replace function s.wipe(int) returns void language plpgsql as $$ begin truncate t; end $$;";

        assertThat(verdict(wipe).destructive()).isFalse();
        assertThat(verdict(wipe + "select s.wipe(1);").destructive()).isTrue();
        assertThat(verdict(wipe + "do $$ begin perform 1; end $$; select 'wipe(1)';")
                        .destructive())
                .isFalse();
        assertThat(verdict(wipe.replace("truncate t", "perform 1") + "select wipe(1);")
                        .destructive())
                .isFalse();
    }

    @Test
    void a_table_that_may_have_been_there_is_not_new() throws Refusal {
        assertThat(verdict("create table if not exists t (a int); drop table t;")
                        .destructive())
                .isTrue();
        assertThat(verdict("create table a.t (a int); drop table t;").destructive())
                .isTrue();
    }

    @Test
    void the_header_decides_the_phase_but_not_what_is_lost() throws Refusal {
        var verdict = verdict("-- Phase: expand\ndrop table t;");

        assertThat(verdict.phase()).isEqualTo(Phase.EXPAND);
        assertThat(verdict.destructive()).isTrue();
    }

    @Test
    void only_tables_that_are_surely_others_are_independent() throws Refusal {
        var contract = verdict("alter table t drop column c");

        assertThat(verdict("alter table u add column c int").independentOf(contract))
                .isTrue();
        assertThat(verdict("create table v (a int references w)").independentOf(contract))
                .isTrue();
        assertThat(verdict("create table v (a int references t)").independentOf(contract))
                .isFalse();
        assertThat(verdict("alter table public.t add column d int").independentOf(contract))
                .isFalse();
        assertThat(verdict("create view v as select c from t").independentOf(contract))
                .isFalse();
        assertThat(verdict("update u set a = 1").independentOf(contract)).isFalse();
    }
}
