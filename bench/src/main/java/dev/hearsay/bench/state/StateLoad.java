package dev.hearsay.bench.state;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import dev.hearsay.bench.Machine;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.experiment.spread.Delays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Shared state over sockets: members in this JVM that hold a map and keep writing to it; how soon each write is visible at each member, whether
 * one is lost, what it costs; then one more member joins and fetches everything.
 */
public final class StateLoad {
    private static final int PORT = 7946;
    private static final int SETTLE_SECONDS = 5;
    private static final int WINDOW_SECONDS = 10;
    private static final int GIVE_UP_SECONDS = 60;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int size;
    private final int keys;
    private final int bytes;
    private final int rate;
    private final int seconds;
    private final Path stores;
    private final boolean durable;
    private final StateConfig config;
    private final Visible visible;
    private final List<Cluster> members = new ArrayList<>();

    private StateLoad(Options options, Path stores) {
        size = options.get("members");
        keys = options.get("keys");
        bytes = options.get("bytes");
        rate = options.get("rate");
        seconds = options.get("seconds");
        durable = options.get("store") > 0;
        this.stores = stores;
        config = StateConfig.DEFAULTS.with(c -> {
            c.fanout = options.get("fanout");
            c.rounds = options.get("rounds");
            c.roundNanos = options.get("round-ms") * NANOS_PER_MILLI;
        });
        visible = new Visible(size, keys + rate * seconds);
    }

    /** Runs the measurement; see {@code --help}. Exits with 1 if a write was lost. */
    public static void main(String[] args) throws InterruptedException, IOException {
        Options options = new Options("state-load", "members in one JVM over loopback that write all the time")
                .option("members", 20, "members; one more joins at the end")
                .option("keys", 10_000, "keys of the map")
                .option("bytes", 1_024, "bytes of a value, 4 at least")
                .option("rate", 500, "writes a second of all together")
                .option("seconds", 60, "how long they write")
                .option("fanout", StateConfig.DEFAULTS.fanout(), "to how many members a round goes")
                .option("rounds", StateConfig.DEFAULTS.rounds(), "how often each member tells of a write")
                .option("round-ms", (int) (StateConfig.DEFAULTS.roundNanos() / NANOS_PER_MILLI), "ms between rounds")
                .option("store", 0, "1: each member keeps the state in a file")
                .parse(args);
        Path stores = Files.createTempDirectory("state-load");
        boolean whole = new StateLoad(options, stores).measure();
        try (var files = Files.list(stores)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(stores);
        System.exit(whole ? 0 : 1);
    }

    private boolean measure() throws InterruptedException, IOException {
        for (int i = 0; i < size; i++) {
            Cluster member = start(i);
            members.add(member);
            member.state().watch(visible.listener(i));
        }
        await(
                "all see all",
                () -> members.stream()
                        .allMatch(m -> Integer.toString(size).equals(m.stats().get("hearsay.members_live"))));
        System.out.println(size + " members" + (durable ? " with a store" : "") + " see each other; heap "
                + (Machine.heapUsed() >> 20) + " MiB");
        Writers writers = new Writers(members, visible, keys, bytes);
        phase("first", writers, 0, keys);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        System.out.println("heap " + (Machine.heapUsed() >> 20) + " MiB");
        int writes = keys + rate * seconds;
        phase("then", writers, keys, writes);
        System.out.println("heap " + (Machine.heapUsed() >> 20) + " MiB");
        long missing = visible.missing(0, writes);
        boolean equal = equal(members);
        join();
        System.out.println("not visible: " + missing + " of " + (long) writes * size + "; refused: " + writers.refused()
                + "; dropped before a listener: " + visible.gaps() + "; all have the same: " + equal);
        System.out.println("sums of all members: " + sums());
        members.forEach(Cluster::close);
        members.forEach(member -> member.closed().join());
        return missing == 0 && equal && writers.refused() == 0;
    }

    private Cluster start(int index) {
        Hearsay.Builder builder = Hearsay.builder()
                .name("node-" + index)
                .bind("127.94.0." + (index + 1), PORT)
                .state(config);
        if (durable) {
            builder.stateStore(stores.resolve("node-" + index));
        }
        Cluster member = builder.start();
        if (index > 0) {
            member.join(List.of("127.94.0.1")).join();
        }
        return member;
    }

    /** Writes, and shows each ten seconds of it, as soon as they are over. */
    private void phase(String what, Writers writers, int from, int to) throws InterruptedException, IOException {
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %d a second of %d bytes%n  writes | visible at one: p50      p99    worst | at all: p50      p99    worst"
                        + " | cores  packets/s  MB/s  datagrams lost",
                what,
                rate,
                bytes));
        for (int next = from; next < to; next += WINDOW_SECONDS * rate) {
            window(writers, next, Math.min(to, next + WINDOW_SECONDS * rate));
        }
        await("every write is everywhere", () -> visible.missing(from, to) == 0);
        row(from, to, "all of them");
    }

    private void window(Writers writers, int from, int to) throws InterruptedException, IOException {
        Map<String, Long> before = sums();
        long cpu = Machine.cpuNanos();
        long lost = Machine.datagramsOverflowed();
        long began = System.nanoTime();
        writers.write(from, to, rate);
        double took = Machine.seconds(began);
        double cores = (Machine.cpuNanos() - cpu) / 1e9 / took;
        Map<String, Long> after = sums();
        await("every write is everywhere", () -> visible.missing(from, to) == 0);
        row(
                from,
                to,
                String.format(
                        Locale.ROOT,
                        "%.2f %10.0f %5.1f %8d",
                        cores,
                        grown(before, after, "packets_out") / took,
                        grown(before, after, "bytes_out") / took / 1e6,
                        Machine.datagramsOverflowed() - lost));
    }

    private void row(int from, int to, String rest) {
        Delays one = visible.each(from, to, size);
        Delays all = visible.all(from, to);
        System.out.println(String.format(
                Locale.ROOT,
                "%8d | %19.1f %8.1f %8.1f | %11.1f %8.1f %8.1f | %s",
                to - from,
                one.millis(0.5),
                one.millis(0.99),
                one.millis(1),
                all.millis(0.5),
                all.millis(0.99),
                all.millis(1),
                rest));
    }

    private void join() throws InterruptedException {
        long began = System.nanoTime();
        long cpu = Machine.cpuNanos();
        Cluster late = start(size);
        double joined = Machine.seconds(began);
        await("the last one has all keys", () -> late.state().snapshot().size() >= keys);
        double caughtUp = Machine.seconds(began);
        members.add(late);
        System.out.println(String.format(
                Locale.ROOT,
                "one more member: joined after %.3f s, has all %d keys after %.3f s, the same values: %s; %.2f s of processor",
                joined,
                keys,
                caughtUp,
                equal(List.of(members.get(0), late)),
                (Machine.cpuNanos() - cpu) / 1e9));
    }

    private static boolean equal(List<Cluster> some) {
        SortedMap<String, byte[]> first = some.get(0).state().snapshot().map(Writers.MAP);
        for (Cluster member : some) {
            SortedMap<String, byte[]> map = member.state().snapshot().map(Writers.MAP);
            if (!first.keySet().equals(map.keySet())) {
                return false;
            }
            for (Map.Entry<String, byte[]> entry : map.entrySet()) {
                if (!Arrays.equals(first.get(entry.getKey()), entry.getValue())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Machine.seconds(began) > GIVE_UP_SECONDS) {
                System.out.println("gave up after " + GIVE_UP_SECONDS + " s: not so that " + what);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static long grown(Map<String, Long> before, Map<String, Long> after, String figure) {
        return after.getOrDefault(figure, 0L) - before.getOrDefault(figure, 0L);
    }

    /** Sums over all members of what can be summed and is of interest here. */
    private Map<String, Long> sums() {
        Map<String, Long> sums = new TreeMap<>();
        for (Cluster member : members) {
            member.stats().forEach((name, value) -> {
                String figure = name.substring(name.indexOf('.') + 1);
                boolean ours = figure.startsWith("state_") && !figure.endsWith("_ms");
                if ((ours || figure.matches("(packets|bytes)_out|suspicions_raised")) && value.matches("[1-9][0-9]*")) {
                    sums.merge(figure, Long.parseLong(value), Long::sum);
                }
            });
        }
        return sums;
    }
}
