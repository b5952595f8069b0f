package dev.lockstep.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Catalogue;
import dev.lockstep.script.Script;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which batch may run a second time, and which script takes away what it reads.
final class FillingTest {
    private static final String FILL = "update orders set amount = total where ${batch} and amount is null";

    private static Filling batch(String sql) throws Refusal {
        return Filling.of(script("-- Batch: table=orders\n" + sql)).orElseThrow();
    }

    private static Script script(String text) throws Refusal {
        return Catalogue.of(Map.of("V1__a.sql", text), "postgresql").scripts().getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update orders set amount = total where ${batch} and amount is null",
                "update orders set amount = total where amount is null and ${batch}",
                "update orders o set amount = o.total, note = lower(o.text) where o.amount is null and (o.total > 1 or o.x = 2) and ${batch}",
                "update shop.orders set \"amount\" = (select max(t) from rates where a or b) where ${batch} and \"amount\" is null",
                "update orders set amount = p.price from parts p where ${batch} and p.id = part and amount is null",
                "update orders set amount = p.price from parts p where ${batch} and p.id = part and orders.amount is null",
                "update only shop.orders as o set amount = p.price from parts p where ${batch} and o.amount is null",
            })
    void what_asks_for_the_column_that_it_fills_to_be_empty_may_run_again(String sql) throws Refusal {
        assertThat(batch(sql).repeatable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update orders set amount = total where ${batch}",
                "update orders set total = total + 1 where ${batch} and total > 0",
                "update orders set amount = total where ${batch} and amount is not null",
                "update orders set amount = total where ${batch} and other is null",
                "update orders set amount = total where ${batch} and amount is null or total > 5",
                "update orders set amount = total where ${batch} and (amount is null or total > 5)",
                "update orders set amount = total where ${batch} and not amount is null",
                "update orders set amount = total, times = times + 1 where ${batch} and amount is null",
                "update orders set amount = p.price from parts p where ${batch} and p.id = part and p.amount is null",
                "update orders o set amount = orders.price from shop.orders where ${batch} and orders.amount is null",
                "update orders set (amount, note) = (total, text) where ${batch} and amount is null",
            })
    void whatever_might_do_more_the_second_time_may_not(String sql) throws Refusal {
        assertThat(batch(sql).repeatable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table orders drop column total",
                "alter table shop.orders add column x int, drop total cascade",
                "alter table if exists ORDERS drop column if exists Total",
            })
    void a_column_that_it_reads_may_be_dropped(String sql) throws Refusal {
        assertThat(batch(FILL).losesSource(script(sql))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table orders drop column amount",
                "alter table orders drop column other",
                "alter table parts drop column total",
                "alter table orders drop constraint total",
                "alter table orders alter column total drop not null",
            })
    void what_else_is_dropped_does_not_matter(String sql) throws Refusal {
        assertThat(batch(FILL).losesSource(script(sql))).isFalse();
    }
}
