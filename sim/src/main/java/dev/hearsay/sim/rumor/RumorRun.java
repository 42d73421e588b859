package dev.hearsay.sim.rumor;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.Timer;
import dev.hearsay.core.dissemination.Dissemination;
import dev.hearsay.sim.Network;
import java.util.Arrays;

/** A rumor that spreads. Time passes only in {@link #untilAllKnow} and {@link #untilSilent}. Not thread-safe. */
public final class RumorRun {
    static final int NODE_BITS = 23;

    // An event's number: the node it is for, whether it is a timer, and the packet's sender or the timer's own number.
    private static final int TIMER_BITS = NODE_BITS + 1;
    private static final long TIMER = 1L << NODE_BITS;
    private static final long LOW = TIMER - 1;
    private static final int TICK = 0;

    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final long PAIR = 0xC2B2AE3D27D4EB4FL;
    private static final long LOSS = 0x165667B19E3779F9L;
    private static final long TWICE = 0x27D4EB2F165667C5L;

    private final long seed;
    private final int source;
    private final int fanout;
    private final Network network;
    private final EverybodyTable table;
    private final Nodes nodes;
    private final EventWheel wheel = new EventWheel();
    private final Out out = new Out();
    private final int transmitLimit;
    private final Message.UserEvent rumor;
    private final int packetBytes;
    private final long lossBelow;
    private final long twiceBelow;

    private final int[] sent;
    private final int[] copies;
    private final long[] heardAt;
    private int informed;
    private int telling;
    private long inFlight;

    private long now;
    private long hash = STEP;
    private long packets;
    private long lost;
    private long duplicated;
    private long arrivals;
    private long timers;

    RumorRun(RumorSpread settings, Bytes payload) {
        seed = Prng.mix(settings.seed + STEP);
        source = settings.source;
        fanout = settings.config.gossipFanout();
        network = settings.network;
        lossBelow = threshold(network.loss());
        twiceBelow = threshold(network.duplication());
        table = new EverybodyTable(settings.nodes);
        rumor = new Message.UserEvent(1, RumorSpread.NAME, payload, false);
        Sizes sizes = settings.sizes;
        packetBytes = sizes.of(rumor) + sizes.packetOverhead();
        Counters counters = new Counters();
        transmitLimit = new Dissemination(settings.config, table, sizes, counters).transmitLimit();
        Nodes.Shared shared = new Nodes.Shared(seed, settings.config, table, sizes, settings::longest, counters, rumor);
        nodes = settings.form.apply(shared);
        sent = new int[settings.nodes];
        copies = new int[settings.nodes];
        heardAt = new long[settings.nodes];
        for (int i = 0; i < settings.nodes; i++) {
            out.node = i;
            nodes.start(i, out);
        }
        out.node = source;
        telling = nodes.fire(source, settings.mailed, out) ? 1 : 0;
    }

    /** Lets time pass until everybody has heard, or nobody tells any more. */
    public RumorRun untilAllKnow() {
        while (informed < heardAt.length && (telling > 0 || inFlight > 0)) {
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
        for (int i = 0; i < sent.length; i++) {
            mostSent = i == source ? mostSent : Math.max(mostSent, sent[i]);
            mostCopies = Math.max(mostCopies, copies[i]);
        }
        return new RumorResult(
                sent.length,
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
        hash = (Long.rotateLeft(hash, 23) ^ now) * STEP;
        hash = (Long.rotateLeft(hash, 23) ^ event) * STEP;
        int node = (int) (event >>> TIMER_BITS);
        int number = (int) (event & LOW);
        out.node = node;
        if ((event & TIMER) == 0) {
            arrivals++;
            inFlight--;
            copies[node]++;
            telling += nodes.onEvent(node, now, out);
        } else {
            timers++;
            telling += number == TICK
                    ? nodes.onTick(node, now, out)
                    : nodes.onForward(node, new Timer.Forward(number), now, out);
        }
    }

    private static long threshold(double share) {
        return (long) (share * 0x1p32);
    }

    /** What a node does goes onto the wheel. */
    private final class Out extends PacketsOnly {
        private int node;

        @Override
        public void send(Address to, Message message) {
            if (!message.equals(rumor)) {
                throw new IllegalStateException("a node sends something else than the rumor: " + message);
            }
            packets++;
            int receiver = table.indexOf(to);
            long pair = (long) node << Integer.SIZE | receiver;
            long fate = Prng.mix(Prng.mix(seed ^ pair * PAIR) + sent[node]++ * TWICE);
            if (lossBelow != 0 && Prng.mix(fate + LOSS) >>> 32 < lossBelow) {
                lost++;
                return;
            }
            arrive(receiver, fate);
            if (twiceBelow != 0 && Prng.mix(fate + TWICE) >>> 32 < twiceBelow) {
                duplicated++;
                arrive(receiver, Prng.mix(fate + PAIR));
            }
        }

        private void arrive(int receiver, long fate) {
            inFlight++;
            wheel.add(now + network.latency().nanos(Prng.mix(fate)), (long) receiver << TIMER_BITS | node);
        }

        @Override
        public void schedule(long delayNanos, Timer timer) {
            int number = timer instanceof Timer.Forward forward ? forward.number() : TICK;
            wheel.add(now + delayNanos, (long) node << TIMER_BITS | TIMER | number);
        }

        @Override
        public void emit(Event event) {
            heardAt[informed++] = now;
        }
    }
}
