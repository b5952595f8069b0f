package dev.lockstep.plugin;

import dev.lockstep.plugin.Problem.Kind;
import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Follows resources until nothing more will happen by itself. A watch that the API server ends begins anew.
///
/// @param one the only one that is followed; absent: all
/// @param drawing what all of them look like
/// @param text told as lines where there is no terminal; else `drawing` is told whenever it reads otherwise
record Watching(
        Api api,
        World world,
        Optional<Standing> one,
        boolean everywhere,
        Function<List<Standing>, List<String>> drawing,
        boolean text) {
    /// How long ago things were has to move on though nothing happens.
    private static final long TICK_MILLIS = 1_000;

    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K\n";
    private static final String CLEAR_REST = "\u001b[J";

    /// @return the exit status
    int follow() throws Refused {
        var changes = new Semaphore(0);
        return api.ask(() -> {
            try (var informer = scope().inform(new Bell(changes), 0)) {
                return follow(() -> informer.getStore().list(), changes);
            }
        });
    }

    private interface Store {
        List<SchemaMigration> list();
    }

    private Informable<SchemaMigration> scope() {
        if (one.isPresent()) return api.resource(one.get().name());
        var all = api.client().resources(SchemaMigration.class);
        return everywhere ? all.inAnyNamespace() : all.inNamespace(api.namespace());
    }

    private int follow(Store store, Semaphore changes) throws Refused {
        var told = new HashMap<String, String>();
        if (redraws()) world.out().print(HOME + CLEAR_REST);
        while (true) {
            var all = store.list().stream().map(Standing::new).toList();
            if (one.isPresent() && all.isEmpty()) {
                throw new Refused(Kind.NotFound, one.get().path(), "is gone", "");
            }
            if (redraws()) draw(drawing.apply(all));
            else tell(all, told);
            if (isOver(all)) {
                return Verdict.worst(all.stream().map(Standing::verdict).toList())
                        .exit();
            }
            pause(changes);
        }
    }

    private boolean redraws() {
        return text && world.terminal().isPresent();
    }

    private static boolean isOver(List<Standing> all) {
        return all.stream().allMatch(Standing::isAtRest)
                || all.stream().anyMatch(it -> it.verdict() == Verdict.Stalled);
    }

    private void draw(List<String> lines) {
        var screen = new StringBuilder(HOME);
        lines.forEach(line -> screen.append(line).append(CLEAR_LINE));
        world.out().print(screen.append(CLEAR_REST));
        world.out().flush();
    }

    private void tell(List<Standing> all, HashMap<String, String> told) {
        var lines = new ArrayList<String>();
        for (var it : all) {
            var line = text ? Brief.line(it) : String.join("\n", drawing.apply(List.of(it)));
            if (!line.equals(told.put(it.path(), line))) lines.add(line);
        }
        lines.forEach(world.out()::println);
    }

    private static void pause(Semaphore changes) {
        try {
            if (changes.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) changes.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Rings when something has changed.
    private record Bell(Semaphore changes) implements ResourceEventHandler<SchemaMigration> {
        @Override
        public void onAdd(SchemaMigration added) {
            changes.release();
        }

        @Override
        public void onUpdate(SchemaMigration older, SchemaMigration newer) {
            changes.release();
        }

        @Override
        public void onDelete(SchemaMigration last, boolean unknown) {
            changes.release();
        }
    }
}
