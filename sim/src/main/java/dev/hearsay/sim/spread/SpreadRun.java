package dev.hearsay.sim.spread;

import dev.hearsay.core.Prng;
import dev.hearsay.sim.Latency;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.spread.SpreadListener.ProcessState;
import dev.hearsay.sim.spread.SpreadListener.Standing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Something that node 0 has at virtual time 0 and all others are to get. Faults take effect at the current moment; time passes only in {@link
 * #step} and {@link #advance}. Not thread-safe.
 *
 * <p>A process that is started again has lost what it knew. One that stands still takes what waited when it goes on, in the order in which it came:
 * of packets the first {@value SimNode#SOCKET_PACKETS}.
 */
public abstract class SpreadRun {
    static final long STEP = 0x9E3779B97F4A7C15L;

    private final SpreadListener listener;
    private final Agenda agenda = new Agenda();
    private final Ways ways;

    // By node.
    private final ProcessState[] processes;
    private final Standing[] standings;
    private final int[] starts;

    /** What waits for the processes that stand still. Looked up only. */
    private final Map<Integer, Waiting> waiting = new HashMap<>();

    private double now;
    private final TraceHash hash = new TraceHash();
    private long inputs;
    private long packets;
    private long bytes;
    private long copies;
    private long lost;
    private long arrived;
    private long missed;
    private long overflowed;
    private int informed;
    private int running;

    /** What is for a process that stands still. */
    private static final class Waiting {
        final Deque<Runnable> inputs = new ArrayDeque<>();
        int packets;
    }

    SpreadRun(long seed, int nodes, Latency latency, double loss, SpreadListener listener) {
        this.listener = listener;
        ways = new Ways(Prng.mix(seed + STEP), nodes, latency, loss);
        processes = new ProcessState[nodes];
        Arrays.fill(processes, ProcessState.DOWN);
        standings = new Standing[nodes];
        Arrays.fill(standings, Standing.HAS_NOT);
        starts = new int[nodes];
    }

    // ---- what the nodes do

    /** A process begins there, which knows nothing. */
    abstract void begin(int node);

    /** The process there is gone. */
    abstract void end(int node);

    /** The process there takes a packet from another node, or a timer if the source is below 0. */
    abstract void take(int node, int source, Object what);

    /** What of a packet or timer is not the same in all of them. */
    abstract int digest(Object what);

    /** Whether a process has something to do that does not wait for the next exchange. */
    abstract boolean works();

    /** Whether nothing more begins within that time if nobody works. */
    abstract boolean idles(Duration patience);

    /** All processes begin, at time 0. Nobody is told. */
    final void beginAll() {
        for (int node = 0; node < processes.length; node++) {
            processes[node] = ProcessState.UP;
            start(node);
        }
    }

    private void start(int node) {
        starts[node]++;
        running++;
        begin(node);
    }

    /** The number of the process there among all that have run there: 1 for the first. */
    final int starts(int node) {
        return starts[node];
    }

    /** A node sends a packet of that length. */
    final void send(int from, int to, Object what, int length, boolean entry) {
        packets++;
        bytes += length;
        copies += entry ? 1 : 0;
        double takes = ways.nanos(from, to);
        if (takes < 0) {
            lost++;
            listener.onPacket(from, to, now, SpreadListener.LOST, entry);
        } else {
            agenda.add(now + takes, to, from, what);
            listener.onPacket(from, to, now, now + takes, entry);
        }
    }

    /** The process there gets this back after so many nanoseconds, unless it has ended. */
    final void schedule(int node, double delay, Object what) {
        agenda.add(now + delay, node, -1 - starts[node], what);
    }

    /** How the node stands to the entry now, and who gave it that if it has just got it. */
    final void stands(int node, Standing after, int source) {
        Standing before = standings[node];
        if (after != before) {
            standings[node] = after;
            boolean got = before == Standing.HAS_NOT;
            informed += got ? 1 : after == Standing.HAS_NOT ? -1 : 0;
            listener.onEntry(node, now, after, got ? source : SpreadListener.NOBODY);
        }
    }

    // ---- time

    /** Virtual nanoseconds since the start. */
    public final long now() {
        return (long) now;
    }

    /**
     * Lets the next thing happen, if it does up to and including that moment; else time comes to that moment. Whether it did.
     *
     * @param until virtual nanoseconds, a whole number
     */
    public final boolean step(double until) {
        if (!agenda.take(until)) {
            now = Math.max(now, until);
            return false;
        }
        now = agenda.time();
        int node = agenda.node();
        int source = agenda.source();
        Object what = agenda.what();
        boolean packet = source >= 0;
        arrived += packet ? 1 : 0;
        boolean earlier = !packet && starts[node] != -1 - source;
        if (processes[node] == ProcessState.DOWN || earlier) {
            // Nobody is there, or somebody else than who has asked for the timer.
            missed += packet ? 1 : 0;
        } else if (processes[node] == ProcessState.UP) {
            give(node, source, what);
        } else {
            keep(node, source, what);
        }
        return true;
    }

    /** Lets that time pass. */
    public final SpreadRun advance(Duration time) {
        double until = now + time.toNanos();
        while (step(until)) {
            // Until nothing more happens in that time.
        }
        return this;
    }

    private void give(int node, int source, Object what) {
        inputs++;
        hash.time(now);
        hash.add(node);
        hash.add(source);
        hash.add(digest(what));
        take(node, source, what);
    }

    private void keep(int node, int source, Object what) {
        Waiting all = waiting.computeIfAbsent(node, any -> new Waiting());
        if (source >= 0 && ++all.packets > SimNode.SOCKET_PACKETS) {
            overflowed++;
        } else {
            all.inputs.add(() -> give(node, source, what));
        }
    }

    // ---- faults

    /**
     * Kills the process: it answers nothing and forgets everything.
     *
     * @throws IllegalArgumentException if there is no such node
     * @throws IllegalStateException if its process is down
     */
    public final void crash(int node) {
        running(node);
        note("crash", node);
        waiting.remove(node);
        running--;
        end(node);
        become(node, ProcessState.DOWN);
        stands(node, Standing.HAS_NOT, SpreadListener.NOBODY);
    }

    /**
     * Starts a process that has ended; it knows nothing.
     *
     * @throws IllegalArgumentException if there is no such node
     * @throws IllegalStateException if its process runs
     */
    public final void restart(int node) {
        check(node);
        if (processes[node] != ProcessState.DOWN) {
            throw new IllegalStateException(
                    "node " + node + " runs: only a process that has ended can be started again");
        }
        note("restart", node);
        become(node, ProcessState.UP);
        start(node);
    }

    /**
     * The process stands still, as in a long garbage collection.
     *
     * @throws IllegalArgumentException if there is no such node
     * @throws IllegalStateException if its process is down or stands still already
     */
    public final void pause(int node) {
        if (running(node) == ProcessState.PAUSED) {
            throw new IllegalStateException("node " + node + " stands still already");
        }
        note("pause", node);
        become(node, ProcessState.PAUSED);
    }

    /**
     * The process goes on, and takes what has waited for it, all at this moment.
     *
     * @throws IllegalArgumentException if there is no such node
     * @throws IllegalStateException if its process does not stand still
     */
    public final void resume(int node) {
        check(node);
        if (processes[node] != ProcessState.PAUSED) {
            throw new IllegalStateException("node " + node + " does not stand still: only a paused process can go on");
        }
        note("resume", node);
        become(node, ProcessState.UP);
        Waiting all = waiting.remove(node);
        if (all != null) {
            all.inputs.forEach(Runnable::run);
        }
    }

    /**
     * Nothing gets from these to the rest any more, nor back, in addition to earlier partitions.
     *
     * @throws IllegalArgumentException if there is no such node
     * @throws IllegalStateException if there are {@value Ways#MOST_PARTITIONS} partitions already
     */
    public final void partition(int... some) {
        for (int node : some) {
            check(node);
        }
        if (ways.partitions() == Ways.MOST_PARTITIONS) {
            throw new IllegalStateException(
                    "there are " + ways.partitions() + " partitions already: heal before there is another");
        }
        note("partition", some);
        ways.partition(some);
    }

    /** All partitions end. */
    public final void heal() {
        note("heal");
        ways.heal();
    }

    /**
     * From now on that share of packets is lost.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public final void loss(double share) {
        share(share);
        note("loss");
        hash.add((int) (share * 0x1p30));
        ways.loss(share);
    }

    static void share(double loss) {
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("loss " + loss + " is out of range: must be 0 to 1");
        }
    }

    private void note(String what, int... some) {
        hash.time(now);
        hash.add(what.hashCode());
        for (int node : some) {
            hash.add(node);
        }
    }

    private ProcessState running(int node) {
        check(node);
        if (processes[node] == ProcessState.DOWN) {
            throw new IllegalStateException("node " + node + " is down");
        }
        return processes[node];
    }

    private void check(int node) {
        if (node < 0 || node >= processes.length) {
            throw new IllegalArgumentException(
                    "node " + node + " is not there: the nodes are 0 to " + (processes.length - 1));
        }
    }

    private void become(int node, ProcessState process) {
        processes[node] = process;
        listener.onProcess(node, now, process);
    }

    // ---- what happened

    /** How the process of that node is. */
    public final ProcessState process(int node) {
        check(node);
        return processes[node];
    }

    /** How that node stands to the entry. */
    public final Standing standing(int node) {
        check(node);
        return standings[node];
    }

    /**
     * Whether nothing more will come of it: all processes have the entry and none tells it any more; or none tells or asks, no packet is under way, and
     * whoever looks for it from time to time does so more rarely than that.
     */
    public final boolean settled(Duration patience) {
        return !works() && (informed == running || (packets - lost == arrived && waiting.isEmpty() && idles(patience)));
    }

    /** A hash of every input and every fault so far, with time, place, source and content: equal hashes, equal runs. */
    public final long traceHash() {
        return hash.value();
    }

    /** What all nodes together have done. */
    public final SpreadTotals totals() {
        return new SpreadTotals(inputs, packets, bytes, copies, lost, missed, overflowed, informed, running);
    }
}
