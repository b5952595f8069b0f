package dev.lockstep.observed;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import dev.lockstep.resource.Migrations;
import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The scripts of a resource, wherever they lie.
public final class Scripts {
    /// What the resource promises for `inline`; a ConfigMap, which has to carry them, takes 1 MiB.
    private static final int INLINE_BYTES_MAX = 128 * 1024;

    /// Half of the ConfigMap's 1 MiB is reached by no project that wants to be read; the rest is for its own
    /// fields.
    private static final int BYTES_MAX = 1000 * 1024;

    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

    private Scripts() {}

    /// The ConfigMap that has to be looked up.
    public static Optional<String> configMap(SchemaMigration resource) {
        return Optional.ofNullable(resource.getSpec().migrations().configMap()).map(Migrations.ConfigMapFiles::name);
    }

    /// Does no watch tell of a change? A ConfigMap with the resource's label has one; one of ours never changes.
    public static boolean isPolled(SchemaMigration resource, Optional<ConfigMap> found) {
        var name = resource.getMetadata().getName();
        return configMap(resource).isPresent()
                && found.filter(map -> name.equals(label(map, Run.MIGRATION)))
                        .filter(map -> !Run.LOCKSTEP.equals(label(map, Run.MANAGED_BY)))
                        .isEmpty();
    }

    private static String label(ConfigMap map, String key) {
        return Absent.or(map.getMetadata().getLabels(), Map.<String, String>of())
                .getOrDefault(key, "");
    }

    static Wanted wanted(SchemaMigration resource, Optional<ConfigMap> found, Floor floor) {
        try {
            var windows = Windows.of(Absent.or(resource.getSpec().windows(), List.of()));
            return switch (anytime(resource, found, floor)) {
                case Wish wish -> wish.within(windows);
                case Wanted.Unclear unclear -> unclear;
            };
        } catch (Refusal refusal) {
            return new Wanted.Unclear(refusal.failure());
        }
    }

    private static Wanted anytime(SchemaMigration resource, Optional<ConfigMap> found, Floor floor) {
        var identity = Identity.of(resource);
        var refused = floor.refusal(resource.getSpec());
        if (refused.isPresent()) return new Wanted.Unclear(refused.get());
        var elsewhere = Elsewhere.of(resource.getSpec().migrations());
        if (elsewhere.isPresent()) return Wishes.of(identity, resource.getSpec(), floor, elsewhere.get());
        return known(identity, resource, found, floor);
    }

    private static Wanted known(Identity identity, SchemaMigration resource, Optional<ConfigMap> found, Floor floor) {
        var name = configMap(resource);
        if (name.equals(Optional.of(identity.schemaMap()))) return taken(identity);
        if (name.isPresent() && found.isEmpty()) return missing(identity, name.get());
        try {
            var files = name.isPresent()
                    ? files(found.get())
                    : inline(resource.getSpec().migrations());
            var source = name.map(it -> "ConfigMap " + it).orElse("inline");
            return unusable(files, source)
                    .or(() -> name.isPresent() ? tooLargeForMap(files, source) : tooLargeInline(files))
                    .<Wanted>map(Wanted.Unclear::new)
                    .orElseGet(() -> Wishes.of(identity, resource.getSpec(), floor, files, source));
        } catch (CharacterCodingException binary) {
            return new Wanted.Unclear(new Failure(
                    Code.ScriptInvalid,
                    "ConfigMap " + name.orElse(""),
                    "a file is not UTF-8",
                    "store scripts as UTF-8"));
        }
    }

    private static Wanted missing(Identity identity, String name) {
        var message = "ConfigMap " + name + " does not exist in namespace " + identity.namespace();
        return new Wanted.Unclear(new Failure(Code.FilesMissing, "", message, "create it; it is looked for again"));
    }

    private static Wanted taken(Identity identity) {
        return new Wanted.Unclear(new Failure(
                Code.ScriptInvalid,
                "ConfigMap " + identity.schemaMap(),
                "of this name is the one in which Lockstep tells where the schema is",
                "give the ConfigMap of the scripts another name"));
    }

    private static Map<String, String> inline(Migrations migrations) {
        return Absent.or(migrations.inline(), Map.of());
    }

    private static Map<String, String> files(ConfigMap map) throws CharacterCodingException {
        var files = new TreeMap<>(Absent.or(map.getData(), Map.of()));
        for (var binary :
                Absent.or(map.getBinaryData(), Map.<String, String>of()).entrySet()) {
            var bytes = Base64.getDecoder().decode(binary.getValue());
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            files.put(binary.getKey(), text.toString());
        }
        return files;
    }

    private static Optional<Failure> unusable(Map<String, String> files, String source) {
        if (files.isEmpty()) return failure(Code.FilesMissing, source, "there are no files in it", "add scripts to it");
        var misnamed =
                files.keySet().stream().filter(it -> !KEY.matcher(it).matches()).findFirst();
        if (misnamed.isPresent()) {
            var message = "file name " + misnamed.get() + " has other characters than letters, digits, - . _";
            return failure(Code.ScriptInvalid, source, message, "rename it");
        }
        return Optional.empty();
    }

    private static Optional<Failure> tooLargeInline(Map<String, String> files) {
        return tooLarge(
                files,
                "inline",
                INLINE_BYTES_MAX,
                "move them to a ConfigMap, which kubectl apply --server-side takes, and name it as migrations.configMap");
    }

    private static Optional<Failure> tooLargeForMap(Map<String, String> files, String source) {
        return tooLarge(
                files,
                source,
                BYTES_MAX,
                "put them into an image (migrations.image) or a claim (migrations.claim), which have no such bound");
    }

    private static Optional<Failure> tooLarge(Map<String, String> files, String source, int bytesMax, String remedy) {
        if (bytes(files) <= bytesMax) return Optional.empty();
        var message = "the scripts have " + bytes(files) + " bytes together, at most " + bytesMax + " are possible";
        return failure(Code.ScriptInvalid, source, message, remedy);
    }

    private static Optional<Failure> failure(Code code, String place, String message, String remedy) {
        return Optional.of(new Failure(code, place, message, remedy));
    }

    private static long bytes(Map<String, String> files) {
        return files.entrySet().stream()
                .mapToLong(it -> it.getKey().length() + it.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
