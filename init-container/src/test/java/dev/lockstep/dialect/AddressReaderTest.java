package dev.lockstep.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.dialect.AddressReader.Extras;
import dev.lockstep.handover.Refusal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Addresses as people write them.
final class AddressReaderTest {
    private static final Extras NONE =
            new Extras(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static Address.Postgresql postgresql(String text) throws Refusal {
        return (Address.Postgresql) AddressReader.read(text, NONE);
    }

    @Test
    void an_ipv6_address_has_brackets_in_a_url_only() throws Refusal {
        var address = postgresql("postgresql://me@[::1]:6432/orders?schema=app");

        assertThat(address.host()).isEqualTo("::1");
        assertThat(address.tls()).isEqualTo("prefer");
        assertThat(address.shown()).isEqualTo("postgresql://me@[::1]:6432/orders?schema=app");
    }

    @Test
    void escaped_characters_mean_themselves() throws Refusal {
        var address = postgresql("postgres://a%3Ab%40c@db.example/my%20orders?schema=My%20Schema");

        assertThat(address.user()).isEqualTo("a:b@c");
        assertThat(address.database()).isEqualTo("my orders");
        assertThat(address.schema()).isEqualTo("My Schema");
        assertThat(address.port()).isEqualTo(5432);
        assertThat(address.tls()).isEqualTo("verify-full");
    }

    @Test
    void a_password_is_refused_and_not_repeated() {
        for (var text : new String[] {"postgresql://me:secret@db/x", "postgresql://me:sec#ret@db/x", "jdbc:secret"}) {
            assertThatThrownBy(() -> postgresql(text))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.failure().line()).doesNotContain("sec"));
        }
    }

    @Test
    void a_named_authority_is_asked_or_refused() throws Refusal {
        var ca = Optional.of(Path.of("ca.crt"));
        var local = AddressReader.read(
                "postgresql://me@localhost/x", new Extras(Optional.empty(), Optional.empty(), ca, Optional.empty()));

        assertThat(((Address.Postgresql) local).tls()).isEqualTo("verify-full");
        for (var mode : new String[] {"disable", "prefer", "require"}) {
            var extras = new Extras(Optional.empty(), Optional.of(mode), ca, Optional.empty());
            assertThatThrownBy(() -> AddressReader.read("postgresql://me@db/x", extras))
                    .hasMessageContaining("--ca: TLS mode " + mode + " verifies no certificate");
        }
    }

    @Test
    void sqlite_is_a_file() {
        for (var text : new String[] {"sqlite::memory:", "sqlite:file:a.db?mode=memory"}) {
            assertThatThrownBy(() -> AddressReader.read(text, NONE)).as(text).hasMessageContaining("names no file");
        }
        for (var text : new String[] {"sqlite:a.db?cache=shared", "sqlite:a?/b.db", "sqlite:a\n.db", "sqlite:a\0"}) {
            assertThatThrownBy(() -> AddressReader.read(text, NONE))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("has a question mark or a control character");
        }
    }

    @Test
    void only_the_schema_is_a_parameter() {
        assertThatThrownBy(() -> postgresql("postgresql://me@db/x?socketFactory=evil"))
                .isInstanceOf(Refusal.class);
    }
}
