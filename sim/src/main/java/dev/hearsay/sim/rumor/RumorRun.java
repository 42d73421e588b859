package dev.hearsay.sim.rumor;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import dev.hearsay.sim.Network;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A rumor that spreads. Time passes only in {@link #untilAllKnow} and {@link #untilSilent}. Not thread-safe.
 *
 * <p>A node comes into being when it first hears: until then it has nothing to do but to take its gossip ticks, in which it finds
 * that it has nothing to tell. And a copy that reaches a node which has heard is not handed to it, as that changes nothing but a counter.
 * A test runs both ways and compares the trace hashes.
 */
public final class RumorRun {
    static final int NODE_BITS = 23;

    // An event's number: the node it is for, whether it is a timer, and the packet's sender or the timer's own number.
    private static final int TIMER_BITS = NODE_BITS + 1;
    private static final long TIMER = 1L << NODE_BITS;
    private static final long LOW = TIMER - 1;
    private static final int TICK = 0;

    private static final long SEED_STEP = 0x9E3779B97F4A7C15L;
    private static final long PAIR = 0xC2B2AE3D27D4EB4FL;
    private static final long LOSS = 0x165667B19E3779F9L;
    private static final long TWICE = 0x27D4EB2F165667C5L;

    private final int nodes;
    private final long seed;
    private final boolean plain;
    private final Network network;
    private final Sizes sizes;
    private final EverybodyTable table;
    private final RumorNode.Parts parts;
    private final EventWheel wheel = new EventWheel();
    private final Out out = new Out();
    private final @Nullable RumorNode[] running;
    private final int[] sent;
    private final int[] copies;
    private final long[] heardAt;
    private final int source;
    private final int fanout;
    private final int transmitLimit;
    private final Message.UserEvent rumor;
    private final int packetBytes;
    private final long lossBelow;
    private final long twiceBelow;

    private long now;
    private long hash = SEED_STEP;
    private int informed;
    private int telling;
    private long inFlight;
    private long packets;
    private long lost;
    private long duplicated;
    private long arrivals;
    private long timers;

    RumorRun(RumorSpread settings, Bytes payload) {
        nodes = settings.nodes;
        seed = Prng.mix(settings.seed + SEED_STEP);
        plain = settings.plain;
        network = settings.network;
        sizes = settings.sizes;
        source = settings.source;
        fanout = settings.config.gossipFanout();
        table = new EverybodyTable(nodes);
        SerfConfig serf = SerfConfig.DEFAULTS.withUserEventBytes(SerfConfig.MAX_USER_EVENT_BYTES);
        parts = new RumorNode.Parts(settings.config, table, sizes, serf, settings::longest, new Counters());
        transmitLimit = new dev.hearsay.core.dissemination.Dissemination(
                        settings.config, table, sizes, parts.counters())
                .transmitLimit();
        running = new @Nullable RumorNode[nodes];
        sent = new int[nodes];
        copies = new int[nodes];
        heardAt = new long[nodes];
        lossBelow = threshold(network.loss());
        twiceBelow = threshold(network.duplication());
        rumor = new Message.UserEvent(1, RumorSpread.NAME, payload, false);
        packetBytes = sizes.of(rumor) + sizes.packetOverhead();
        for (int i = 0; i < nodes; i++) {
            start(i, true);
        }
        out.node = source;
        RumorNode teller = running(source);
        teller.fire(RumorSpread.NAME, payload, settings.mailed, 0, out);
        telling = teller.hot() ? 1 : 0;
    }

    /** Lets time pass until everybody has heard, or nobody tells any more. */
    public RumorRun untilAllKnow() {
        while (informed < nodes && (telling > 0 || inFlight > 0)) {
            step();
        }
        return this;
    }

    /** Lets time pass until nobody tells any more and nothing is on its way. */
    public RumorRun untilSilent() {
        while (telling > 0 || inFlight > 0) {
            step();
        }
        return this;
    }

    /** What has happened so far. */
    public RumorResult result() {
        int mostSent = 0;
        int mostCopies = 0;
        for (int i = 0; i < nodes; i++) {
            mostSent = i == source ? mostSent : Math.max(mostSent, sent[i]);
            mostCopies = Math.max(mostCopies, copies[i]);
        }
        return new RumorResult(
                nodes,
                fanout,
                transmitLimit,
                informed,
                heardAt[informed - 1],
                packets,
                lost,
                duplicated,
                packets * packetBytes,
                arrivals,
                timers,
                mostSent,
                mostCopies,
                hash,
                new InfectionCurve(Arrays.copyOf(heardAt, informed)));
    }

    private void step() {
        long event = wheel.take();
        now = wheel.time();
        hash = (Long.rotateLeft(hash, 23) ^ now) * SEED_STEP;
        hash = (Long.rotateLeft(hash, 23) ^ event) * SEED_STEP;
        int node = (int) (event >>> TIMER_BITS);
        if ((event & TIMER) == 0) {
            arrive(node);
        } else {
            due(node, (int) (event & LOW));
        }
    }

    private void arrive(int node) {
        arrivals++;
        inFlight--;
        copies[node]++;
        if (!plain && running[node] != null) {
            return;
        }
        out.node = node;
        RumorNode hearing = running(node);
        boolean before = hearing.hot();
        hearing.onEvent(rumor, now, out);
        telling += (hearing.hot() ? 1 : 0) - (before ? 1 : 0);
    }

    private void due(int node, int number) {
        timers++;
        RumorNode its = running[node];
        if (its == null) {
            wheel.add(now + parts.config().gossipIntervalNanos(), timer(node, TICK));
            return;
        }
        out.node = node;
        boolean before = its.hot();
        if (number == TICK) {
            its.onTick(now, out);
        } else {
            its.onForward(new Timer.Forward(number), now, out);
        }
        telling += (its.hot() ? 1 : 0) - (before ? 1 : 0);
    }

    /** The node, which comes into being now if it has not yet: what it did at its start it does again, unseen. */
    private RumorNode running(int index) {
        RumorNode node = running[index];
        return node == null ? start(index, false) : node;
    }

    private RumorNode start(int index, boolean first) {
        RumorNode node =
                new RumorNode(table.at(index).name(), parts, Prng.mix(seed ^ Prng.mix((index + 1) * SEED_STEP)));
        if (plain || !first) {
            running[index] = node;
        }
        out.node = index;
        out.unseen = !first;
        node.start(0, out);
        out.unseen = false;
        return node;
    }

    private static long timer(int node, int number) {
        return (long) node << TIMER_BITS | TIMER | number;
    }

    private static long threshold(double share) {
        return (long) (share * 0x1p32);
    }

    /** What a node does goes onto the wheel. */
    private final class Out implements Outbox {
        private int node;
        private boolean unseen;

        @Override
        public void send(Address to, Message message) {
            if (message != rumor && !message.equals(rumor)) {
                throw new IllegalStateException("a node sends something else than the rumor: " + message);
            }
            int receiver = table.indexOf(to);
            packets++;
            long pair = (long) node << 32 | receiver;
            long fate = Prng.mix(Prng.mix(seed ^ pair * PAIR) + sent[node]++ * TWICE);
            if (lossBelow != 0 && Prng.mix(fate + LOSS) >>> 32 < lossBelow) {
                lost++;
                return;
            }
            deliver(receiver, fate);
            if (twiceBelow != 0 && Prng.mix(fate + TWICE) >>> 32 < twiceBelow) {
                duplicated++;
                deliver(receiver, Prng.mix(fate + PAIR));
            }
        }

        private void deliver(int receiver, long fate) {
            inFlight++;
            wheel.add(now + network.latency().nanos(Prng.mix(fate)), (long) receiver << TIMER_BITS | node);
        }

        @Override
        public void schedule(long delayNanos, Timer timer) {
            if (unseen) {
                return;
            }
            int number = timer instanceof Timer.Forward forward ? forward.number() : TICK;
            wheel.add(now + delayNanos, timer(node, number));
        }

        @Override
        public void emit(Event event) {
            heardAt[informed++] = now;
        }

        @Override
        public void open(long stream, Address to, StreamMessage request) {
            throw new IllegalStateException("what spreads rumors opens no streams");
        }

        @Override
        public void reply(long stream, StreamMessage reply) {
            throw new IllegalStateException("what spreads rumors answers no streams");
        }

        @Override
        public void close(long stream) {
            throw new IllegalStateException("what spreads rumors closes no streams");
        }
    }
}
