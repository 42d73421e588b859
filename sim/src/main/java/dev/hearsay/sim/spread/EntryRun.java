package dev.hearsay.sim.spread;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import dev.hearsay.core.state.SharedState;
import dev.hearsay.core.state.StateConfig.Mode;
import dev.hearsay.core.state.StateFrame;
import dev.hearsay.core.state.StateVitals;
import dev.hearsay.core.state.Write;
import dev.hearsay.sim.spread.SpreadListener.Standing;
import dev.hearsay.wire.MemberlistSizes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An entry of the shared state that spreads: {@link EntrySpread} starts it. */
public final class EntryRun extends SpreadRun {
    private static final long WALL_START_MILLIS = 1_700_000_000_000L;
    private static final String MAP = "map";
    private static final Bytes KEY = Bytes.of("rumor".getBytes(StandardCharsets.UTF_8));

    private final EntrySpread settings;
    private final RememberedTable table;
    private final MemberlistSizes sizes = new MemberlistSizes();

    /** Those of all nodes together: 600 bytes each would be a good part of what a node takes. */
    private final Counters counters = new Counters();

    private final Out out = new Out();

    // By node.
    private final @Nullable SharedState[] states;
    private final boolean[] busy;
    private int working;

    EntryRun(EntrySpread settings, SpreadListener listener) {
        super(settings.seed, settings.nodes, settings.network.latency(), settings.network.loss(), listener);
        this.settings = settings;
        table = new RememberedTable(settings.nodes);
        states = new @Nullable SharedState[settings.nodes];
        busy = new boolean[settings.nodes];
    }

    /** All processes begin, and the first writes the entry. */
    void write() {
        beginAll();
        out.node = 0;
        out.source = SpreadListener.NOBODY;
        Bytes value = Bytes.of(new byte[settings.entryBytes]);
        state(0).write(new Write.MapPut(MAP, KEY, value, 0), now(), out);
        look(0);
    }

    @Override
    void begin(int node) {
        long seed = Prng.mix(settings.seed * 31 + node) + starts(node);
        SharedState state = new SharedState(
                table.at(node).name(),
                settings.state,
                settings.config,
                table,
                (member, ability) -> true,
                sizes,
                counters,
                new Prng(Prng.mix(seed + 3)));
        states[node] = state;
        state.onClock(WALL_START_MILLIS + now() / 1_000_000, now());
        out.node = node;
        state.start(now(), out);
    }

    @Override
    void end(int node) {
        states[node] = null;
        busy(node, false);
    }

    @Override
    int digest(Object what) {
        return what instanceof StateFrame frame
                ? Content.of(frame)
                : what instanceof Timer.StateRound round ? round.number() : 0;
    }

    @Override
    void take(int node, int source, Object what) {
        SharedState state = state(node);
        long now = now();
        out.node = node;
        out.source = source;
        if (what instanceof StateFrame frame) {
            state.onPacket(table.at(source).address(), frame, now, out);
        } else if (what instanceof Timer.StateRound round) {
            state.onRound(round, now, out);
        } else {
            state.onExchangeTick(now, out);
        }
        look(node);
    }

    private SharedState state(int node) {
        SharedState state = states[node];
        if (state == null) {
            throw new IllegalStateException("node " + node + " is down");
        }
        return state;
    }

    /** How the node stands to the entry after what it has done. */
    private void look(int node) {
        StateVitals vitals = state(node).vitals();
        busy(node, vitals.telling() > 0 || vitals.wanted() > 0);
        Standing standing = vitals.telling() > 0 ? Standing.TELLS : Standing.QUIET;
        stands(node, vitals.live() == 0 ? Standing.HAS_NOT : standing, out.source);
    }

    private void busy(int node, boolean works) {
        if (busy[node] != works) {
            busy[node] = works;
            working += works ? 1 : -1;
        }
    }

    @Override
    boolean works() {
        return working > 0;
    }

    @Override
    boolean idles(Duration patience) {
        boolean pushed = settings.state.mode() == Mode.PUSH || settings.state.mode() == Mode.PUSH_THEN_PULL;
        return pushed && settings.state.exchangeNanos() > patience.toNanos();
    }

    /** What a node does goes onto the agenda. */
    private final class Out implements Outbox {
        private int node;
        private int source;

        @Override
        public void send(Address to, Message message) {
            if (!(message instanceof Message.State state)) {
                throw new IllegalStateException("a node that only shares state sends something else: " + message);
            }
            StateFrame frame = state.frame();
            boolean entry =
                    frame instanceof StateFrame.News news && !news.entries().isEmpty();
            EntryRun.this.send(node, table.indexOf(to), frame, sizes.packet(message), entry);
        }

        @Override
        public void schedule(long delayNanos, Timer timer) {
            EntryRun.this.schedule(node, (double) delayNanos, timer);
        }

        @Override
        public void emit(Event event) {
            // What has become of the entry is seen after each input.
        }

        @Override
        public void open(long stream, Address to, StreamMessage request) {
            throw new IllegalStateException("a stream for an entry that fits into a packet: " + request);
        }

        @Override
        public void reply(long stream, StreamMessage reply) {
            throw new IllegalStateException("an answer on a stream that nobody has opened: " + reply);
        }

        @Override
        public void close(long stream) {
            throw new IllegalStateException("stream " + stream + " was never opened");
        }
    }
}
