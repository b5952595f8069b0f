package dev.lockstep.plugin;

import dev.lockstep.handover.Places;
import dev.lockstep.resource.Database;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A database as the runner's command line has it: by it the names of backups in a shared claim are told apart. It is
/// not connected to, so there is no password in it, and the user is nobody.
///
/// @param text may name variables as `$(NAME)`, which the kubelet fills in
/// @param variables out of the Secret, where the resource says host, port or database by its keys
record Address(String text, List<EnvVar> variables) {
    private static final int PORT = 5432;

    static Address of(Database database) {
        var sqlite = database.sqlite();
        if (sqlite != null) return new Address("sqlite:" + Places.DATA + "/" + sqlite.path(), List.of());
        return postgresql(
                Optional.ofNullable(database.postgresql()).orElseThrow(() -> new IllegalStateException("no database")));
    }

    private static Address postgresql(Database.Postgresql it) {
        var secret = it.credentials().secretName();
        var variables = new ArrayList<EnvVar>();
        var host = Optional.ofNullable(it.host())
                .map(Address::bracketed)
                .orElseGet(() -> variable("AT_HOST", secret, it.hostKey(), variables));
        var port = it.portKey() != null
                ? variable("AT_PORT", secret, it.portKey(), variables)
                : String.valueOf(it.port() == null ? PORT : it.port());
        var name = Optional.ofNullable(it.database())
                .orElseGet(() -> variable("AT_DATABASE", secret, it.databaseKey(), variables));
        var schema = it.schema() == null ? "" : "?schema=" + it.schema();
        return new Address("postgresql://nobody@" + host + ":" + port + "/" + name + schema, List.copyOf(variables));
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static String variable(String name, String secret, @Nullable String key, List<EnvVar> variables) {
        variables.add(new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, secret, false)
                .endValueFrom()
                .build());
        return "$(" + name + ")";
    }
}
