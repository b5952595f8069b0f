package dev.lockstep.observed;

import dev.lockstep.handover.Bounds;
import dev.lockstep.handover.Digest;
import dev.lockstep.handover.Order;
import dev.lockstep.resource.Backup;
import dev.lockstep.resource.Database;
import dev.lockstep.resource.Spec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a [Wish] out of a spec.
final class Wishes {
    private Wishes() {}

    /// Of scripts that are known.
    static Wish of(Identity identity, Spec spec, Floor floor, Map<String, String> files, String words) {
        var known = new Order.Files(
                words, Optional.of(Digest.of(files)), placeholders(spec), Optional.empty(), Optional.empty());
        return of(identity, spec, floor, new Source.Texts(files), known);
    }

    /// Of scripts that only the run will see.
    static Wish of(Identity identity, Spec spec, Floor floor, Elsewhere elsewhere) {
        var unknown = new Order.Files(
                elsewhere.words(), Optional.empty(), placeholders(spec), elsewhere.path(), Optional.empty());
        return of(identity, spec, floor, elsewhere.source(), unknown);
    }

    private static Wish of(Identity identity, Spec spec, Floor floor, Source source, Order.Files files) {
        var terms = floor.over(spec);
        return Wish.of(
                order(identity, spec, terms, files),
                source,
                claim(spec.backup()),
                Placement.of(spec.runner()),
                terms,
                Optional.ofNullable(spec.contract()));
    }

    private static Order order(Identity identity, Spec spec, Floor.Terms terms, Order.Files files) {
        var runner = Optional.ofNullable(spec.runner());
        var deadline = Durations.of(runner.map(it -> it.deadline()).orElse("1h"));
        return new Order(
                Order.VERSION,
                "",
                Order.RUN,
                identity.path(),
                database(spec.database(), Optional.ofNullable(spec.historyTable())),
                files,
                Absent.or(spec.target(), "head"),
                Absent.or(spec.downgrade(), Spec.Downgrade.Forbidden) == Spec.Downgrade.Allowed,
                approval(terms),
                Optional.empty(),
                leg(terms.contract()),
                locks(spec.locks()),
                backup(spec.backup()),
                deadline.toMillis(),
                false,
                Optional.ofNullable(spec.batches()).flatMap(Wishes::bounds),
                Optional.ofNullable(spec.onFailure()).flatMap(Wishes::onFailure),
                Optional.empty(),
                Optional.ofNullable(spec.baseline()));
    }

    /// An empty map is none, so that clearing the field asks for the same run as leaving it out.
    private static Optional<Map<String, String>> placeholders(Spec spec) {
        return Optional.ofNullable(spec.placeholders())
                .filter(map -> !map.isEmpty())
                .map(TreeMap::new);
    }

    private static Order.Database database(Database database, Optional<String> historyTable) {
        return new Order.Database(
                Optional.ofNullable(database.postgresql()).map(Wishes::postgresql),
                Optional.ofNullable(database.sqlite()).map(it -> new Order.Sqlite(it.claimName(), it.path())),
                historyTable);
    }

    private static Order.Postgresql postgresql(Database.Postgresql it) {
        var secret = it.credentials();
        var tls = Optional.ofNullable(it.tls());
        var keys = new Order.Postgresql.Keys(
                Optional.ofNullable(it.hostKey()),
                Optional.ofNullable(it.portKey()),
                Optional.ofNullable(it.databaseKey()));
        return new Order.Postgresql(
                Optional.ofNullable(it.host()),
                keys.port().isPresent() ? Optional.empty() : Optional.of(Absent.or(it.port(), 5432)),
                Optional.ofNullable(it.database()),
                Absent.or(it.schema(), "public"),
                secret.secretName(),
                Absent.or(secret.usernameKey(), "username"),
                Absent.or(secret.passwordKey(), "password"),
                tls.map(Database.Tls::mode)
                        .orElse(Database.Tls.Mode.VERIFY_FULL)
                        .word(),
                tls.map(Database.Tls::caSecretName),
                tls.map(Database.Tls::caKey).orElse("ca.crt"),
                Optional.ofNullable(it.role()),
                Optional.of(keys).filter(some -> !some.equals(Order.Postgresql.Keys.NONE)),
                tls.map(Database.Tls::clientSecretName));
    }

    /// Where only a person's word lets contract steps run, there has to be one for each of them.
    private static Order.Approval approval(Floor.Terms terms) {
        boolean each = terms.each();
        return switch (terms.approval()) {
            case Never -> each ? Order.Approval.Contract : Order.Approval.Never;
            case Destructive -> each ? Order.Approval.Contract : Order.Approval.Destructive;
            case Always -> Order.Approval.Always;
        };
    }

    private static Order.Contract leg(Spec.Contract.Gate gate) {
        return switch (gate) {
            case RolledOut, Approved -> Order.Contract.Hold;
            case Immediately -> Order.Contract.Go;
        };
    }

    private static Order.Locks locks(Spec.@Nullable Locks locks) {
        var written = Optional.ofNullable(locks);
        return new Order.Locks(
                Durations.of(written.map(Spec.Locks::timeout).orElse("100ms")).toMillis(),
                Durations.of(written.map(Spec.Locks::budget).orElse("10m")).toMillis());
    }

    /// An empty object is none.
    private static Optional<Bounds> bounds(Spec.Batches batches) {
        var bounds = new Bounds(
                Optional.ofNullable(batches.maxReplicaLag())
                        .map(it -> Durations.of(it).toMillis()),
                Optional.empty(),
                Optional.ofNullable(batches.rows()),
                Optional.ofNullable(batches.pause()).map(it -> Durations.of(it).toMillis()));
        return Optional.of(bounds).filter(some -> !some.equals(Bounds.NONE));
    }

    private static Optional<Order.OnFailure> onFailure(Spec.OnFailure onFailure) {
        return switch (onFailure) {
            case Stop -> Optional.empty();
            case Downgrade -> Optional.of(Order.OnFailure.Downgrade);
        };
    }

    /// What says the same as nothing is left out.
    private static Order.Backup backup(@Nullable Backup backup) {
        var written = Optional.ofNullable(backup);
        return new Order.Backup(
                switch (written.map(Backup::when).orElse(Backup.Frequency.Always)) {
                    case Always -> Order.Backup.When.Always;
                    case Destructive -> Order.Backup.When.Destructive;
                    case Never -> Order.Backup.When.Never;
                },
                written.map(Backup::keep).orElse(5),
                written.map(Backup::scope).flatMap(Wishes::scope),
                written.map(Backup::maxSize).map(Wishes::bytes),
                written.map(Backup::verify).flatMap(Wishes::verify),
                written.map(Backup::method).flatMap(Wishes::external));
    }

    private static Optional<Order.Backup.External> external(Backup.Method method) {
        return switch (method) {
            case Dump -> Optional.empty();
            case External -> Optional.of(new Order.Backup.External(Optional.empty()));
        };
    }

    private static Optional<Order.Backup.Scope> scope(Backup.Scope scope) {
        return switch (scope) {
            case Schema -> Optional.empty();
            case Touched -> Optional.of(Order.Backup.Scope.Touched);
        };
    }

    private static Optional<Order.Backup.Verify> verify(Backup.Verify verify) {
        return switch (verify) {
            case Decode -> Optional.empty();
            case Restore -> Optional.of(Order.Backup.Verify.Restore);
        };
    }

    private static long bytes(String quantity) {
        return Quantity.getAmountInBytes(Quantity.parse(quantity)).longValue();
    }

    private static Optional<String> claim(@Nullable Backup backup) {
        return Optional.ofNullable(backup)
                .filter(it -> it.when() != Backup.Frequency.Never)
                .map(Backup::claimName);
    }
}
