package dev.lockstep.observed;

import dev.lockstep.handover.Digest;
import dev.lockstep.handover.Order;
import dev.lockstep.resource.Database;
import dev.lockstep.resource.Spec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a [Wish] out of a spec.
final class Wishes {
    private Wishes() {}

    static Wish of(Identity identity, Spec spec, Map<String, String> files, String source) {
        var runner = Optional.ofNullable(spec.runner());
        var contract = Optional.ofNullable(spec.contract());
        var gate = gate(contract);
        var deadline = Durations.of(runner.map(it -> it.deadline()).orElse("1h"));
        var order = new Order(
                Order.VERSION,
                "",
                "run",
                identity.path(),
                database(spec.database(), Optional.ofNullable(spec.historyTable())),
                new Order.Files(source, Digest.of(files), placeholders(spec)),
                Absent.or(spec.target(), "head"),
                Absent.or(spec.downgrade(), Spec.Downgrade.Forbidden) == Spec.Downgrade.Allowed,
                approval(spec, gate),
                Optional.empty(),
                leg(gate),
                locks(spec.locks()),
                backup(spec.backup()),
                deadline.toMillis(),
                false);
        return Wish.of(order, files, claim(spec.backup()), Placement.of(spec.runner()), contract);
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
        return new Order.Postgresql(
                it.host(),
                Absent.or(it.port(), 5432),
                it.database(),
                Absent.or(it.schema(), "public"),
                secret.secretName(),
                Absent.or(secret.usernameKey(), "username"),
                Absent.or(secret.passwordKey(), "password"),
                tls.map(Database.Tls::mode)
                        .orElse(Database.Tls.Mode.VERIFY_FULL)
                        .word(),
                tls.map(Database.Tls::caSecretName),
                tls.map(Database.Tls::caKey).orElse("ca.crt"),
                Optional.ofNullable(it.role()));
    }

    /// Where only a person's word lets contract steps run, there has to be one for each of them.
    private static Order.Approval approval(Spec spec, Spec.Contract.Gate gate) {
        boolean each = gate == Spec.Contract.Gate.Approved;
        return switch (Absent.or(spec.approval(), Spec.Approval.Destructive)) {
            case Never -> each ? Order.Approval.Contract : Order.Approval.Never;
            case Destructive -> each ? Order.Approval.Contract : Order.Approval.Destructive;
            case Always -> Order.Approval.Always;
        };
    }

    static Spec.Contract.Gate gate(Optional<Spec.Contract> contract) {
        var pods = contract.map(Spec.Contract::podSelector).isPresent();
        return contract.map(Spec.Contract::when)
                .orElse(pods ? Spec.Contract.Gate.RolledOut : Spec.Contract.Gate.Approved);
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

    private static Order.Backup backup(Spec.@Nullable Backup backup) {
        var written = Optional.ofNullable(backup);
        return new Order.Backup(
                written.map(Spec.Backup::when)
                        .orElse(Spec.Backup.Frequency.Always)
                        .name(),
                written.map(Spec.Backup::keep).orElse(5));
    }

    private static Optional<String> claim(Spec.@Nullable Backup backup) {
        return Optional.ofNullable(backup)
                .filter(it -> it.when() != Spec.Backup.Frequency.Never)
                .map(Spec.Backup::claimName);
    }
}
