package dev.hearsay.examples.flags;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.Cluster.Subscription;
import dev.hearsay.api.Codec;
import dev.hearsay.api.State;
import dev.hearsay.api.State.SharedMap;
import dev.hearsay.api.State.SharedSet;
import dev.hearsay.api.StateChange;
import dev.hearsay.api.StateListener;
import dev.hearsay.api.StateType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One instance's part: reads flags, switches them, and says what it has done. Thread-safe.
 *
 * <p>Three shared collections: the map {@code flags}, in which the last writer wins; for each flag a counter of how often an instance
 * has switched, which no two instances can lose a count of; and the set {@code workers} of those that are there, each for as long as it says
 * so.
 */
public final class FeatureFlags implements AutoCloseable {
    private static final String FLAGS = "flags";
    private static final String ON = "on";
    private static final String OFF = "off";

    /** An instance that dies without a word is a worker for so long. */
    static final Duration LEASE = Duration.ofSeconds(15);

    private final String name;
    private final State state;
    private final SharedMap<String> flags;
    private final SharedSet<String> workers;
    private final Consumer<String> log;
    private final Subscription watch;

    /** What this instance has acted on. */
    private final Map<String, String> applied = new ConcurrentHashMap<>();

    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "feature-flags-lease");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Begins.
     *
     * @param log is told what this instance does, in a line
     */
    public FeatureFlags(Cluster cluster, Consumer<String> log) {
        this.name = cluster.self().name();
        this.state = cluster.state();
        this.flags = state.map(FLAGS, Codec.TEXT);
        this.workers = state.set("workers", Codec.TEXT);
        this.log = log;
        this.watch = state.watch(new Watcher());
        applyAll();
        var unused = renewal.scheduleAtFixedRate(this::renew, 0, LEASE.toMillis() / 3, TimeUnit.MILLISECONDS);
    }

    private void renew() {
        var unused = workers.add(name, LEASE);
    }

    /** Whether a flag is on: a look into this process' memory. */
    public boolean isOn(String flag) {
        return ON.equals(flags.get(flag));
    }

    /** Switches a flag, for all. Completes when this instance has it; the others follow within moments. */
    public CompletableFuture<Void> set(String flag, boolean on) {
        return flags.put(flag, on ? ON : OFF);
    }

    /** How often instances have switched because of that flag, all together. */
    public long switched(String flag) {
        return state.counter("switched/" + flag).value();
    }

    /** Who is there. */
    public List<String> workers() {
        return workers.all();
    }

    /** Says that this instance is no worker any more; completes when it has. */
    public CompletableFuture<Boolean> retire() {
        renewal.shutdownNow();
        return workers.remove(name);
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        watch.close();
    }

    private void applyAll() {
        flags.all().forEach(this::apply);
    }

    /** Here a real instance would warm a cache, or open a port. */
    private void apply(String flag, String value) {
        if (!value.equals(applied.put(flag, value))) {
            log.accept(name + ": " + flag + " is " + value);
            var unused = state.counter("switched/" + flag).add(1);
        }
    }

    private final class Watcher implements StateListener {
        @Override
        public void onChange(StateChange change) {
            if (change.type() == StateType.MAP && change.collection().equals(FLAGS) && change.after() != null) {
                apply(
                        new String(change.key().toArray(), StandardCharsets.UTF_8),
                        new String(change.after().toArray(), StandardCharsets.UTF_8));
            }
        }

        @Override
        public void onGap(long dropped) {
            applyAll();
        }
    }
}
