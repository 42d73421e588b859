package dev.hearsay.sim;

import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What has happened so far: a hash over every input, the last inputs in memory, and lines for people on request.
 *
 * <p>The hash covers time, destination, kind, source, sequence and content of every input in order. The core is a
 * function of its inputs, so two runs with equal hashes did the same.
 */
final class Trace {
    /** How many of the last inputs, commands and events a violation shows. */
    static final int REMEMBERED = 50;

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final long[] times = new long[REMEMBERED];
    private final int[] nodes = new int[REMEMBERED];
    private final @Nullable Object[] entries = new @Nullable Object[REMEMBERED];
    private int next;
    private long hash = FACTOR;

    private @Nullable Consumer<String> sink;
    private IntPredicate shown = node -> true;

    long hash() {
        return hash;
    }

    /** From now on writes a line for everything that happens at those nodes (-1 stands for the network). */
    void show(IntPredicate atNodes, Consumer<String> lines) {
        shown = atNodes;
        sink = lines;
    }

    /** An input is about to be delivered. */
    void input(long now, Input input) {
        add(now);
        add((long) input.to << 32 | input.from);
        add(input.sequence << 8 | input.kind());
        add(input.digest());
        remember(now, input.to, input);
    }

    /** The scenario acts on a node, or on no node in particular (-1). */
    void command(long now, int node, String text) {
        add(now);
        add((long) node << 32 | Digest.COMMAND);
        add(text.hashCode());
        remember(now, node, text);
    }

    /** A node told its application something. It follows from the inputs, so the hash can do without. */
    void emitted(long now, int node, Object event) {
        remember(now, node, event);
    }

    /** The last things that happened, oldest first, one per line. */
    String recent() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < REMEMBERED; i++) {
            int at = (next + i) % REMEMBERED;
            Object entry = entries[at];
            if (entry != null) {
                text.append(line(times[at], nodes[at], entry)).append('\n');
            }
        }
        return text.toString();
    }

    /** Seconds with nine decimals. */
    static String seconds(long nanos) {
        String fraction = Long.toString(nanos % 1_000_000_000L + 1_000_000_000L).substring(1);
        return nanos / 1_000_000_000L + "." + fraction;
    }

    private void add(long value) {
        hash = (Long.rotateLeft(hash, 23) ^ value) * FACTOR;
    }

    private void remember(long now, int node, Object entry) {
        times[next] = now;
        nodes[next] = node;
        entries[next] = entry;
        next = next + 1 == REMEMBERED ? 0 : next + 1;
        Consumer<String> lines = sink;
        if (lines != null && shown.test(node)) {
            lines.accept(line(now, node, entry));
        }
    }

    private static String line(long now, int node, Object entry) {
        StringBuilder text = new StringBuilder().append(seconds(now)).append(' ');
        if (node >= 0) {
            text.append(SimNode.nameOf(node)).append(' ');
        }
        if (entry instanceof Input input) {
            if (input.from != node) {
                text.append("<- ").append(SimNode.nameOf(input.from)).append(' ');
            }
            text.append('#').append(input.sequence).append(' ').append(input.content());
        } else if (entry instanceof String) {
            text.append("** ").append(entry);
        } else {
            text.append("=> ").append(entry);
        }
        return text.toString();
    }
}
