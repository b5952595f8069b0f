package dev.lockstep.tidy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A thing that only some packages may touch, so that everything else can be tested without it.
///
/// @param mention what touching it looks like in code
/// @param packages who may, beside every `Main` when that is true
record OnlyHere(String thing, Pattern mention, Set<String> packages, boolean mains) {
    private static final Pattern SQL = Pattern.compile(
            "(?is)^\\s*(select\\s.*\\bfrom\\b|insert\\s+into\\s|update\\s.*\\sset\\s|delete\\s+from\\s|alter\\s+table\\s|create\\s+(table|schema|index)\\s).*");

    static final List<OnlyHere> TABLE = List.of(
            only(
                    "KubernetesClient and JOSDK",
                    "io\\.fabric8\\.kubernetes\\.client\\.(?!CustomResource).*|io\\.javaoperatorsdk\\..*",
                    "reconcile",
                    "operator",
                    "plugin"),
            only(
                    "fabric8's model",
                    "io\\.fabric8\\.kubernetes\\.api\\.model\\..*",
                    "resource",
                    "observed",
                    "job",
                    "status",
                    "reconcile",
                    "plugin"),
            only("Flyway", "org\\.flywaydb\\..*", "engine", "history"),
            only("java.sql", "java(x)?\\.sql\\..*", "dialect", "history", "backup", "engine"),
            only(
                    "files",
                    "java\\.nio\\.file\\.Files.*|java\\.io\\.(File|RandomAccess).*",
                    "script",
                    "backup",
                    "runner",
                    "plugin"),
            mains(
                    "environment, arguments, exit",
                    "(java\\.lang\\.)?(System\\.(getenv|exit|getProperty)|Runtime\\.(halt|exit))"),
            mains(
                    "the present time and chance",
                    "(Instant|LocalDate|LocalDateTime|OffsetDateTime|ZonedDateTime)\\.now|System\\.currentTimeMillis"
                            + "|(Clock|InstantSource)\\.system\\w*|new (Secure)?Random|ThreadLocalRandom\\.current|UUID\\.randomUUID|Math\\.random"),
            new OnlyHere(
                    "sleeping and threads",
                    Pattern.compile(
                            "Thread\\.(sleep|of\\w+|startVirtualThread)|new Thread|Executors\\.\\w+|LockSupport\\.\\w+"),
                    Set.of("backup", "engine", "runner"),
                    true));

    Stream<String> broken(Source source) {
        if (!allowedFor(source)) {
            return source.mentions().stream()
                    .filter(name -> mention.matcher(name).matches())
                    .distinct()
                    .map(name -> "%s: %s is for %s only: %s".formatted(source.path(), thing, packages, name));
        }
        return Stream.empty();
    }

    /// SQL of ours is text of a dialect, for nobody else knows in which words a database wants it.
    static Stream<String> strayStatements(Source source) {
        if (!source.isProduct() || source.word().equals("dialect")) return Stream.empty();
        return source.literals().stream()
                .filter(text -> SQL.matcher(text).matches())
                .map(text -> source.path() + ": SQL is for dialect only: " + text.strip());
    }

    private boolean allowedFor(Source source) {
        return !source.isProduct() || packages.contains(source.word()) || mains && source.isMain();
    }

    private static OnlyHere only(String thing, String mention, String... packages) {
        return new OnlyHere(thing, Pattern.compile(mention), Set.of(packages), false);
    }

    private static OnlyHere mains(String thing, String mention) {
        return new OnlyHere(thing, Pattern.compile(mention), Set.of(), true);
    }
}
