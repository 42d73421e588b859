package dev.hearsay.bench.state;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.HybridClock;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateKind;
import dev.hearsay.experiment.spread.Said;
import dev.hearsay.experiment.spread.Sharing;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.Simulation;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What two simulated nodes send to each other to compare their shared state, in bytes, both ways, while they have the same and while
 * some entries differ; beside it what Scuttlebutt would send for the same. And the processor time of both together.
 */
public final class StateExchange {
    private static final int[] WRITERS = {10, 100, 1_000};
    private static final int[] DIFFERENT = {1, 10, 100, 1_000};
    private static final int FEW_KEYS = 10;
    private static final int VALUE_BYTES = 100;
    private static final int IN_SYNC_SECONDS = 2_000;

    /** Before virtual time begins, so that no stamp is ahead. */
    private static final long WRITTEN = HybridClock.at(1_690_000_000_000L);

    private final Said said = new Said();
    private final Simulation sim;
    private final int writers;
    private final int keys;
    private long versions;
    private int added;

    private StateExchange(int writers, int keys) {
        this.writers = writers;
        this.keys = keys;
        sim = Simulation.of(2)
                .warm()
                .unchecked()
                .network(Network.fixed(Duration.ofMillis(1)))
                .codec(said)
                .delegates(node -> new Sharing(StateConfig.DEFAULTS))
                .start()
                .listen(said);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < writers * keys; i++) {
            entries.add(entry(i));
        }
        give(0, entries);
        give(1, entries);
    }

    /** Runs the benchmark; see {@code --help}. */
    public static void main(String[] args) {
        Options options = new Options("state-exchange", "two simulated nodes: bytes and processor time of an exchange")
                .option("entries", 100_000, "entries of the second table, of 1,000 origins; a multiple of 1,000")
                .option("repeats", 9, "how often each difference is measured")
                .parse(args);
        System.out.println("UDP payload and contents of streams, both ways together; keys of 12 bytes, values of "
                + VALUE_BYTES + "; means. Processor: both sides together");
        System.out.println();
        System.out.println("In sync  origins  entries | bytes an exchange, processor | Scuttlebutt's digest: bytes");
        for (int writers : WRITERS) {
            new StateExchange(writers, FEW_KEYS).inSync();
        }
        int writers = WRITERS[WRITERS.length - 1];
        StateExchange large = new StateExchange(writers, options.get("entries") / writers);
        large.inSync();
        System.out.println();
        System.out.println("Different of " + writers * large.keys
                + "  |  sums    cells    wants  payload      all | streams | processor: median, worst"
                + " | told on after | Scuttlebutt: digests  payload      all");
        for (int different : DIFFERENT) {
            large.different(different, false, options.get("repeats"));
            large.different(different, true, options.get("repeats"));
        }
    }

    private Entry entry(int number) {
        EntryId id = new EntryId(StateKind.MAP, "settings", bytes(String.format("key-%08d", number)), 0);
        int writer = 1 + number % writers;
        long version = WRITTEN + ++versions;
        Bytes value = bytes((version + ":" + "v".repeat(VALUE_BYTES)).substring(0, VALUE_BYTES));
        return Entry.of(id, version, writer, 0, value);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** That node has these, and nobody has told it. */
    private void give(int node, List<Entry> entries) {
        sim.command(node, "has " + entries.size(), (core, now, out) -> {
            if (core.state().restore(entries, 0, Set.of(), now, out) > 0) {
                throw new IllegalStateException("entries were refused");
            }
        });
    }

    private boolean equal() {
        return sim.node(0).core().state().sum() == sim.node(1).core().state().sum();
    }

    private long exchanges() {
        return sim.nodes().stream()
                .mapToLong(node -> node.core().counters().get(Counter.STATE_EXCHANGES))
                .sum();
    }

    private Scuttlebutt scuttlebutt(int node) {
        return new Scuttlebutt(sim.node(node).core().state().entries().values());
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void inSync() {
        sim.run(Duration.ofSeconds(IN_SYNC_SECONDS / 4));
        said.clear();
        long before = exchanges();
        long began = cpu();
        sim.run(Duration.ofSeconds(IN_SYNC_SECONDS));
        double took = cpu() - began;
        double count = exchanges() - before;
        if (!equal() || said.forNews() > 0) {
            throw new IllegalStateException("the two are not in sync");
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%16d %8d | %17.1f %10.4f ms | %10d",
                writers,
                writers * keys,
                said.sums / count,
                took / count / 1e6,
                scuttlebutt(0).exchange(scuttlebutt(1)).digests()));
    }

    /** So many entries differ: the second node has newer versions of them, or has them alone. */
    private void different(int count, boolean fresh, int repeats) {
        double[] mean = new double[8];
        double[] millis = new double[repeats];
        for (int repeat = 0; repeat < repeats; repeat++) {
            sim.run(Duration.ofMillis(1_700 + 130L * repeat));
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                // 7,919 is prime: neither keys nor writers repeat, as long as they are more.
                long known = (i + repeat * 31L) * 7_919 % ((long) writers * keys);
                entries.add(entry(fresh ? writers * keys + added++ : (int) known));
            }
            give(1, entries);
            Scuttlebutt.Cost one = scuttlebutt(0).exchange(scuttlebutt(1));
            Scuttlebutt.Cost two = scuttlebutt(1).exchange(scuttlebutt(0));
            said.clear();
            long began = cpu();
            sim.runUntil(this::equal, Duration.ofMinutes(1));
            millis[repeat] = (cpu() - began) / 1e6;
            // The sums of the next exchange are not this one's.
            long sums = said.sums;
            sim.run(Duration.ofMillis(100));
            double[] seen = {
                sums,
                said.cells,
                said.wants,
                said.payload,
                said.overStreams,
                said.announcements,
                (one.digests() + two.digests()) / 2.0,
                (one.payload() + two.payload()) / 2.0
            };
            for (int i = 0; i < seen.length; i++) {
                mean[i] += seen[i] / repeats;
            }
        }
        print(count, fresh, mean, millis);
    }

    private static void print(int count, boolean fresh, double[] mean, double[] millis) {
        Arrays.sort(millis);
        System.out.println(String.format(
                Locale.ROOT,
                "%6d %-14s | %5.0f %8.0f %8.0f %8.0f %8.0f | %7.1f | %12.2f %8.2f ms | %13.0f | %20.0f %8.0f %8.0f",
                count,
                fresh ? "new" : "changed",
                mean[0],
                mean[1],
                mean[2],
                mean[3],
                mean[0] + mean[1] + mean[2] + mean[3],
                mean[4],
                millis[millis.length / 2],
                millis[millis.length - 1],
                mean[5],
                mean[6],
                mean[7],
                mean[6] + mean[7]));
    }
}
