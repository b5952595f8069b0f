package dev.lockstep.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WishesTest {
    private static Wish wish(String fields) {
        var yaml = """
                metadata: {name: orders, namespace: shop, uid: u-1, generation: 1}
                spec:
                  database: {sqlite: {claimName: data, path: app.db}}
                  migrations: {inline: {V1__a.sql: a}}
                """ + fields;
        return (Wish) Scripts.wanted(Serialization.unmarshal(yaml, SchemaMigration.class), Optional.empty());
    }

    @Test
    void placeholders_and_the_historys_table_travel_in_the_order() {
        var order =
                wish("  placeholders: {a: '1'}\n  historyTable: schema_version").order();

        assertThat(order.files().placeholders()).contains(Map.of("a", "1"));
        assertThat(order.database().historyTable()).contains("schema_version");
    }

    @Test
    void another_value_or_table_asks_for_another_run() {
        assertThat(wish("  placeholders: {a: '1'}").fingerprint())
                .isNotEqualTo(wish("  placeholders: {a: '2'}").fingerprint());
        assertThat(wish("  historyTable: x").fingerprint()).isNotEqualTo(wish("").fingerprint());
        assertThat(wish("  placeholders: {}").fingerprint()).isEqualTo(wish("").fingerprint());
    }

    @Test
    void the_order_of_placeholders_is_no_difference() {
        assertThat(wish("  placeholders: {a: '1', b: '2'}").fingerprint())
                .isEqualTo(wish("  placeholders: {b: '2', a: '1'}").fingerprint());
    }
}
