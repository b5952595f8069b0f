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
    private static final int PORT_MAX = 65_535;
    private static final String SCRATCH = "/tmp";

    /// As `kubernetes.io/tls` names them.
    private static final String CERTIFICATE = "tls.crt";

    private static final String KEY = "tls.key";

    Address address(Order.Database database) throws Refusal {
        if (database.postgresql().isPresent()) {
            return postgresql(database.postgresql().get());
        }
        if (database.sqlite().isPresent()) {
            return sqlite(database.sqlite().get());
        }
        throw new Refusal(Code.Usage, Order.VARIABLE, "the Order names no database", "name postgresql or sqlite");
    }

    /// The folder of the scripts.
    Path scripts(Order.Files files) throws Refusal {
        var mount = at(Places.MIGRATIONS);
        var folder = mount.resolve(files.path().orElse("")).normalize();
        if (!folder.startsWith(mount) || !Files.isDirectory(folder)) {
            throw new Refusal(
                    Code.FilesMissing,
                    files.source(),
                    "there is no such folder",
                    "correct the path in spec.migrations");
        }
        return folder;
    }

    private Address postgresql(Order.Postgresql order) throws Refusal {
        Optional<Path> ca = Optional.empty();
        if (order.caSecretName().isPresent()) {
            secret(Places.CA, order.caSecretName().get(), order.caKey());
            ca = Optional.of(at(Places.CA).resolve(order.caKey()));
        }
        var keys = order.keys().orElse(Order.Postgresql.Keys.NONE);
        var address = new Address.Postgresql(
                order.host().isPresent() ? order.host().get() : credential(order, keys.host()),
                order.port().isPresent() ? order.port().get() : port(order, keys.port()),
                order.database().isPresent() ? order.database().get() : credential(order, keys.database()),
                order.schema(),
                credential(order, Optional.of(order.usernameKey())),
                password(order),
                order.tls(),
                ca,
                order.role());
        return order.clientSecretName().isPresent()
                ? address.presenting(certificate(order.clientSecretName().get()))
                : address;
    }

    private String credential(Order.Postgresql order, Optional<String> key) throws Refusal {
        if (key.isEmpty()) {
            throw new Refusal(
                    Code.Usage,
                    Order.VARIABLE,
                    "the Order does not say where the database is",
                    "let operator and runner be of the same release");
        }
        return secret(Places.CREDENTIALS, order.secretName(), key.get());
    }

    private int port(Order.Postgresql order, Optional<String> key) throws Refusal {
        var text = credential(order, key);
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > PORT_MAX) {
            throw unusable(order.secretName(), key.orElse(""), "is no port", "write a number from 1 to " + PORT_MAX);
        }
        return port;
    }

    /// A server that asks for a certificate may ask for no password.
    private Optional<String> password(Order.Postgresql order) throws Refusal {
        boolean none = order.clientSecretName().isPresent()
                && !Files.exists(at(Places.CREDENTIALS).resolve(order.passwordKey()));
        return none
                ? Optional.empty()
                : Optional.of(secret(Places.CREDENTIALS, order.secretName(), order.passwordKey()));
    }

    private Address.Certificate certificate(String secret) throws Refusal {
        secret(Places.CLIENT, secret, CERTIFICATE);
        var key = PrivateKeys.pkcs8(secret(Places.CLIENT, secret, KEY));
        if (key.isEmpty()) {
            throw unusable(secret, KEY, "is no private key that can be read", "store it as PEM, without a passphrase");
        }
        return new Address.Certificate(at(Places.CLIENT).resolve(CERTIFICATE), kept(key.get()));
    }

    /// Where it can be read by this process's user alone: the file of a mounted Secret may be read by a group.
    private Path kept(byte[] key) throws Refusal {
        try {
            Files.createDirectories(at(SCRATCH));
            var file = Files.createTempFile(at(SCRATCH), "client", ".der"); // rw-------
            file.toFile().deleteOnExit();
            return Files.write(file, key);
        } catch (IOException e) {
            throw new Refusal(Code.Preflight, SCRATCH, "the private key cannot be written", "let it be writable");
        }
    }

    private static Refusal unusable(String secret, String key, String message, String remedy) {
        return new Refusal(
                Code.SecretMissing, "Secret " + secret, "its key " + key + " " + message, remedy + "; then retry");
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
        if (!Address.Sqlite.isPath(order.path())) {
            throw new Refusal(
                    Code.Usage,
                    order.path(),
                    "the path has a question mark or a control character",
                    "give the file a name without, and write it in spec.database.sqlite.path");
        }
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
