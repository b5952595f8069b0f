package dev.lockstep.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Bounds;
import dev.lockstep.handover.Order;
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
        return (Wish)
                Scripts.wanted(Serialization.unmarshal(yaml, SchemaMigration.class), Optional.empty(), Floor.NONE);
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
    void what_a_backup_has_to_be_travels_in_the_order() {
        var backup =
                wish("  backup: {when: Destructive, claimName: c, scope: Touched, maxSize: 1.5Gi, verify: Restore}")
                        .order()
                        .backup();

        assertThat(backup)
                .isEqualTo(new Order.Backup(
                        Order.Backup.When.Destructive,
                        5,
                        Optional.of(Order.Backup.Scope.Touched),
                        Optional.of(1_610_612_736L),
                        Optional.of(Order.Backup.Verify.Restore),
                        Optional.empty()));
    }

    @Test
    void a_backup_that_somebody_else_takes_is_not_named_by_the_spec() {
        assertThat(wish("  backup: {method: External}").order().backup().external())
                .contains(new Order.Backup.External(Optional.empty()));
    }

    @Test
    void what_batches_may_take_and_what_becomes_of_a_failed_run_travel_in_the_order() {
        var order = wish("  batches: {rows: 500, pause: 20ms, maxReplicaLag: 1m}\n  onFailure: Downgrade")
                .order();

        assertThat(order.bounds())
                .contains(new Bounds(Optional.of(60_000L), Optional.empty(), Optional.of(500), Optional.of(20L)));
        assertThat(order.onFailure()).contains(Order.OnFailure.Downgrade);
    }

    @Test
    void what_asks_for_nothing_more_asks_for_the_same_run() {
        assertThat(wish("  batches: {}\n  onFailure: Stop").fingerprint()).isEqualTo(wish("").fingerprint());
    }

    @Test
    void a_default_that_is_written_out_asks_for_the_same_run() {
        assertThat(wish("  backup: {when: Always, claimName: c, scope: Schema, verify: Decode, keep: 5}")
                        .fingerprint())
                .isEqualTo(wish("  backup: {claimName: c}").fingerprint());
    }

    @Test
    void what_the_secret_tells_is_not_in_the_order_but_its_keys_are() {
        var written = postgresql("host: db, database: d");
        var kept = postgresql("hostKey: host, portKey: port, databaseKey: dbname");

        assertThat(written.port()).contains(5432);
        assertThat(written.keys()).isEmpty();
        assertThat(kept.host()).isEmpty();
        assertThat(kept.port()).isEmpty();
        assertThat(kept.keys())
                .contains(new Order.Postgresql.Keys(Optional.of("host"), Optional.of("port"), Optional.of("dbname")));
        assertThat(kept.clientSecretName()).contains("own");
    }

    private static Order.Postgresql postgresql(String place) {
        var yaml = """
                metadata: {name: orders, namespace: shop, uid: u-1, generation: 1}
                spec:
                  database:
                    postgresql: {%s, credentials: {secretName: s}, tls: {caSecretName: ca, clientSecretName: own}}
                  migrations: {inline: {V1__a.sql: a}}
                """.formatted(place);
        var wish = (Wish)
                Scripts.wanted(Serialization.unmarshal(yaml, SchemaMigration.class), Optional.empty(), Floor.NONE);
        return wish.order().database().postgresql().orElseThrow();
    }

    @Test
    void the_order_of_placeholders_is_no_difference() {
        assertThat(wish("  placeholders: {a: '1', b: '2'}").fingerprint())
                .isEqualTo(wish("  placeholders: {b: '2', a: '1'}").fingerprint());
    }
}
