package dev.hearsay.experiment.spread;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Prng;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.Write;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One simulated cluster in which one member after the other writes: when each write is visible at each member, and what it costs. */
public final class Spread implements Simulation.Listener {
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration GIVE_UP = Duration.ofMinutes(1);

    /** Until nobody tells of a write any more, after the last has got it: all rounds, and what waits for an answer. */
    private static final Duration REST = Duration.ofMillis(100);

    private static final int VALUE_BYTES = 200;

    private final Said said = new Said();
    private final Simulation sim;
    private final int members;
    private final Prng random;
    private final Figures figures = new Figures();
    private Bytes key = Bytes.EMPTY;
    private int heard;
    private long began;

    /** What was seen. */
    public static final class Figures {
        /** Until the last member has a write. */
        public final Delays all = new Delays();

        /** Until one has it. */
        public final Delays one = new Delays();

        /** Sums over all writes and members. */
        public long received;

        public long sent;
        public long announced;
        public long wanted;
        public long bytes;

        /** Bytes that a member sends in a second while nothing is written. */
        public double idle;

        public void add(Figures other) {
            all.addAll(other.all);
            one.addAll(other.one);
            received += other.received;
            sent += other.sent;
            announced += other.announced;
            wanted += other.wanted;
            bytes += other.bytes;
            idle += other.idle;
        }
    }

    private Spread(int members, StateConfig config, double loss, long seed) {
        this.members = members;
        random = new Prng(Prng.mix(seed));
        sim = Simulation.of(members)
                .seed(seed)
                .warm()
                .unchecked()
                .network(Network.fixed(Duration.ofMillis(1)).withLoss(loss))
                .codec(said)
                .delegates(node -> new Sharing(config))
                .start()
                .listen(said)
                .listen(this);
    }

    /** So many writes, one after the other. */
    public static Figures run(int members, StateConfig config, double loss, long seed, int writes) {
        Spread spread = new Spread(members, config, loss, seed);
        spread.sim.run(WARM_UP);
        spread.figures.idle = (double) spread.said.sums / members / WARM_UP.toSeconds();
        for (int i = 0; i < writes; i++) {
            spread.write(i);
        }
        return spread.figures;
    }

    private void write(int number) {
        said.clear();
        long before = received();
        heard = 0;
        key = Bytes.of(("key-" + number).getBytes(StandardCharsets.US_ASCII));
        began = sim.now().toNanos();
        Write write = new Write.MapPut("settings", key, Bytes.of(new byte[VALUE_BYTES]), 0);
        sim.command(
                random.below(members),
                "write " + number,
                (core, now, out) -> core.state().write(write, now, out));
        sim.runUntil(() -> heard == members, GIVE_UP);
        sim.run(REST);
        figures.received += received() - before;
        figures.sent += said.copies;
        figures.announced += said.announced;
        figures.wanted += said.wanted;
        figures.bytes += said.forNews();
    }

    private long received() {
        return sim.nodes().stream()
                .mapToLong(node -> node.core().counters().get(Counter.STATE_COPIES))
                .sum();
    }

    @Override
    public void onEvent(SimNode node, Event event) {
        if (event instanceof Event.StateChanged change) {
            Entry after = change.after();
            if (after != null && after.id().key().equals(key)) {
                long delay = sim.now().toNanos() - began;
                heard++;
                figures.one.add(delay);
                if (heard == members) {
                    figures.all.add(delay);
                }
            }
        }
    }
}
