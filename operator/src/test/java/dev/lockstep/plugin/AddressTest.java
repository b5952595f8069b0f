package dev.lockstep.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.Database;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A database is named to the runner as a run names it, and without anything by which to get in.
class AddressTest {
    @Test
    void what_the_resource_says_is_written_out() {
        assertThat(
                        of(
                                "postgresql: {host: db, port: 6432, database: orders, schema: app, credentials: {secretName: s}}"))
                .isEqualTo(new Address("postgresql://nobody@db:6432/orders?schema=app", List.of()));
        assertThat(of("postgresql: {host: '::1', database: orders, credentials: {secretName: s}}")
                        .text())
                .isEqualTo("postgresql://nobody@[::1]:5432/orders");
        assertThat(of("sqlite: {claimName: c, path: sub/app.db}").text()).isEqualTo("sqlite:/lockstep/data/sub/app.db");
    }

    @Test
    void what_only_the_secret_says_is_filled_in_by_the_kubelet() {
        var address = of("postgresql: {hostKey: at, portKey: 'on', databaseKey: in, credentials: {secretName: s}}");

        assertThat(address.text()).isEqualTo("postgresql://nobody@$(AT_HOST):$(AT_PORT)/$(AT_DATABASE)");
        assertThat(address.variables())
                .extracting(it -> it.getValueFrom().getSecretKeyRef().getKey())
                .containsExactly("at", "on", "in");
    }

    private static Address of(String yaml) {
        return Address.of(Serialization.unmarshal(yaml, Database.class));
    }
}
