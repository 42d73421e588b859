package dev.hearsay.sim.spread;

import dev.hearsay.sim.Latency;
import dev.hearsay.sim.spread.SpreadListener.Standing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What gossip is compared with: node 0 is a server that sends to each of the others, one after the other, over an uplink that takes a while for each
 * message. Whoever gets one acknowledges it; to whoever has not acknowledged in time the server sends again, behind those who wait for their first. A
 * model for comparison, not a part of Hearsay.
 *
 * <p>A server that ends has forgotten who has it, and begins from the first when it is started again with what it has to say. A client that ends after
 * it has acknowledged, and is started again, gets nothing: nobody asks.
 */
public final class CentralServer extends SpreadRun {
    private static final int SERVER = 0;

    /** What travels. */
    private enum Packet {
        MESSAGE,
        ACK
    }

    /** Bytes of an acknowledgement: a number. */
    private static final int ACK_BYTES = 8;

    private final double uplinkNanos;
    private final double timeoutNanos;
    private final int bytes;

    /** To whom the server has to send, in this order. */
    private final Deque<Integer> queue = new ArrayDeque<>();

    private final boolean[] acknowledged;
    private int missing;
    private boolean sending;

    /** The message to that client has left the server's uplink. */
    private record Sent(int client) {}

    /** That client should have acknowledged by now. */
    private record Overdue(int client) {}

    private CentralServer(Settings settings, SpreadListener listener) {
        super(settings.seed, settings.nodes, settings.latency, settings.loss, listener);
        uplinkNanos = settings.uplink.toNanos();
        timeoutNanos = settings.timeout.toNanos();
        bytes = settings.bytes;
        acknowledged = new boolean[settings.nodes];
    }

    /**
     * What decides a run.
     *
     * @param nodes the server and its clients: 2 to {@value EntrySpread#MAX_NODES}
     * @param seed decides everything that is left to chance
     * @param latency one way
     * @param loss share of messages and of acknowledgements that vanish, 0 to 1
     * @param uplink how long the server's uplink takes for a message; above zero
     * @param timeout how long the server waits for an acknowledgement from when a message has left; above zero
     * @param bytes of a message; they do not change the time that it takes
     */
    public record Settings(
            int nodes, long seed, Latency latency, double loss, Duration uplink, Duration timeout, int bytes) {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException naming the field, the value and the rule
         */
        public Settings {
            EntrySpread.range("nodes", nodes, 2, EntrySpread.MAX_NODES);
            EntrySpread.range("bytes", bytes, 0, EntrySpread.MAX_ENTRY_BYTES);
            share(loss);
            above("uplink", uplink);
            above("timeout", timeout);
        }

        private static void above(String field, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(field + " " + value + " is out of range: must be above zero");
            }
        }
    }

    /** Starts all, and has the server begin to send, at time 0. */
    public static CentralServer start(Settings settings, SpreadListener listener) {
        CentralServer run = new CentralServer(settings, listener);
        run.beginAll();
        return run;
    }

    @Override
    void begin(int node) {
        if (node != SERVER) {
            return;
        }
        queue.clear();
        missing = acknowledged.length - 1;
        for (int client = 1; client < acknowledged.length; client++) {
            acknowledged[client] = false;
            queue.add(client);
        }
        stands(SERVER, Standing.TELLS, SpreadListener.NOBODY);
        sending = false;
        sendNext();
    }

    @Override
    void end(int node) {
        // What waits for the server in its queue is thrown away when it begins again.
    }

    @Override
    void take(int node, int source, Object what) {
        if (what == Packet.MESSAGE) {
            stands(node, Standing.QUIET, source);
            send(node, SERVER, Packet.ACK, ACK_BYTES, false);
        } else if (what == Packet.ACK) {
            acknowledge(source);
        } else if (what instanceof Sent sent) {
            send(SERVER, sent.client, Packet.MESSAGE, bytes, true);
            schedule(SERVER, timeoutNanos, new Overdue(sent.client));
            sending = false;
            sendNext();
        } else if (!acknowledged[((Overdue) what).client]) {
            queue.add(((Overdue) what).client);
            sendNext();
        }
    }

    private void acknowledge(int client) {
        if (!acknowledged[client]) {
            acknowledged[client] = true;
            if (--missing == 0) {
                stands(SERVER, Standing.QUIET, SpreadListener.NOBODY);
            }
        }
    }

    /** The uplink is free: the next message that is still needed goes. */
    private void sendNext() {
        while (!sending && !queue.isEmpty()) {
            int client = queue.poll();
            if (!acknowledged[client]) {
                sending = true;
                schedule(SERVER, uplinkNanos, new Sent(client));
            }
        }
    }

    @Override
    int digest(Object what) {
        if (what instanceof Packet packet) {
            return packet.ordinal();
        }
        return what instanceof Sent sent ? 2 * sent.client : 2 * ((Overdue) what).client + 1;
    }

    @Override
    boolean works() {
        return missing > 0 && process(SERVER) != SpreadListener.ProcessState.DOWN;
    }

    @Override
    boolean idles(Duration patience) {
        return true;
    }
}
