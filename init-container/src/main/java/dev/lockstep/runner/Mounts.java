package dev.lockstep.runner;

import dev.lockstep.dialect.Address;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the Job has mounted, read at the moment it is needed. Secrets are mounted as optional, so that what is
/// missing
/// can
/// be named here instead of keeping the pod from starting without a word.
record Mounts(Path root) {

    Address address(Order.Database database) throws Refusal {
        if (database.postgresql().isPresent()) {
            return postgresql(database.postgresql().get());
        }
        if (database.sqlite().isPresent()) {
            return sqlite(database.sqlite().get());
        }
        throw new Refusal(Code.Usage, Order.VARIABLE, "the Order names no database", "name postgresql or sqlite");
    }

    private Address postgresql(Order.Postgresql order) throws Refusal {
        Optional<Path> ca = Optional.empty();
        if (order.caSecretName().isPresent()) {
            secret(Places.CA, order.caSecretName().get(), order.caKey());
            ca = Optional.of(at(Places.CA).resolve(order.caKey()));
        }
        return new Address.Postgresql(
                order.host(),
                order.port(),
                order.database(),
                order.schema(),
                secret(Places.CREDENTIALS, order.secretName(), order.usernameKey()),
                Optional.of(secret(Places.CREDENTIALS, order.secretName(), order.passwordKey())),
                order.tls(),
                ca,
                order.role());
    }

    private String secret(String mount, String name, String key) throws Refusal {
        var file = at(mount).resolve(key);
        try {
            if (Files.isRegularFile(file)) {
                return Files.readString(file).stripTrailing();
            }
        } catch (IOException unreadable) {
            // Told below, like a key that is not there.
        }
        boolean any = Files.isDirectory(at(mount))
                && Optional.ofNullable(at(mount).toFile().list())
                        .filter(names -> names.length > 0)
                        .isPresent();
        var message = any ? "has no key " + key : "is missing, or has no key " + key;
        throw new Refusal(
                Code.SecretMissing, "Secret " + name, message, "create it beside the resource; the run is tried again");
    }

    private Address sqlite(Order.Sqlite order) throws Refusal {
        var data = at(Places.DATA);
        var file = data.resolve(order.path()).normalize();
        if (!file.startsWith(data) || file.equals(data)) {
            throw new Refusal(
                    Code.Usage,
                    order.path(),
                    "the path leaves the claim " + order.claimName(),
                    "write a path below its root");
        }
        return new Address.Sqlite(file);
    }

    private Path at(String place) {
        return root.resolve(place.substring(1));
    }
}
