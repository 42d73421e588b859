package dev.hearsay.sim.spread;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateConfig.Mode;
import dev.hearsay.core.state.StateFrame;
import dev.hearsay.core.state.Write;
import dev.hearsay.sim.Latency;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes of which only the shared state is there spread an entry as whole nodes do. They do not meet the same luck, so averages are compared. */
class SameAsWholeNodesTest {
    private static final int NODES = 80;
    private static final int SEEDS = 24;
    private static final Duration ROUND = Duration.ofMillis(50);
    private static final Duration RUN = Duration.ofSeconds(12);
    private static final Network NETWORK =
            new Network(Latency.uniform(Duration.ofMillis(5), Duration.ofMillis(15)), 0.1, 0);

    /** Serf, and shared state. */
    private record Sharing(StateConfig stateConfig) implements Delegate {
        @Override
        public boolean serf() {
            return true;
        }

        @Override
        public Bytes localState(boolean join) {
            return Bytes.EMPTY;
        }
    }

    /** What a run comes to: when half of all had the entry, when all had, and copies sent. */
    private static final class Story implements Simulation.Listener, SpreadListener {
        private double now;
        private int informed;
        private double half;
        private double all;
        private int copies;
        private int packets;

        private void got(double at) {
            informed++;
            half = informed == NODES / 2 ? at : half;
            all = informed == NODES ? at : all;
        }

        @Override
        public void onEntry(int node, double at, Standing standing, int source) {
            if (source != NOBODY || (node == 0 && informed == 0)) {
                got(at);
            }
        }

        @Override
        public void onPacket(int from, int to, double at, double arrives, boolean entry) {
            packets++;
            copies += entry ? 1 : 0;
        }

        @Override
        public void onEvent(SimNode node, Event event) {
            if (event instanceof Event.StateChanged) {
                got(now);
            }
        }

        @Override
        public void onSent(SimNode from, Address to, Message message) {
            if (message instanceof Message.State state) {
                packets++;
                copies += state.frame() instanceof StateFrame.News news
                                && !news.entries().isEmpty()
                        ? 1
                        : 0;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void an_entry_spreads_as_among_whole_nodes(Mode mode) {
        double[] alone = new double[4];
        double[] whole = new double[4];
        for (int seed = 1; seed <= SEEDS; seed++) {
            add(alone, alone(mode, seed));
            add(whole, whole(mode, seed));
        }
        String[] names = {"half informed after, ms", "all informed after, ms", "copies", "packets about state"};
        for (int i = 0; i < names.length; i++) {
            assertEquals(whole[i], alone[i], whole[i] * 0.15, mode + ", " + names[i]);
        }
    }

    private static void add(double[] sums, Story story) {
        assertEquals(NODES, story.informed);
        sums[0] += story.half / 1e6 / SEEDS;
        sums[1] += story.all / 1e6 / SEEDS;
        sums[2] += (double) story.copies / SEEDS;
        sums[3] += (double) story.packets / SEEDS;
    }

    private static StateConfig state(Mode mode) {
        return StateConfig.DEFAULTS.with(to -> {
            to.mode = mode;
            to.fanout = 3;
            to.roundNanos = ROUND.toNanos();
            to.exchangeNanos = Duration.ofMillis(500).toNanos();
        });
    }

    private static Story alone(Mode mode, int seed) {
        Story story = new Story();
        EntrySpread.of(NODES)
                .seed(seed)
                .state(state(mode))
                .forwardDelay(ROUND)
                .network(NETWORK)
                .start(story)
                .advance(RUN);
        return story;
    }

    private static Story whole(Mode mode, int seed) {
        Story story = new Story();
        Simulation sim = Simulation.of(NODES)
                .seed(seed)
                .config(Config.lan().toBuilder().forwardDelay(ROUND).guards(0).build())
                .delegates(node -> new Sharing(state(mode)))
                .network(NETWORK)
                .warm()
                .unchecked()
                .start();
        sim.listen(story);
        Write write = new Write.MapPut("map", Bytes.of(new byte[] {1}), Bytes.of(new byte[32]), 0);
        sim.command(0, "write", (core, now, out) -> core.state().write(write, now, out));
        for (int i = 0; i < RUN.toMillis(); i++) {
            story.now = sim.now().toNanos();
            sim.run(Duration.ofMillis(1));
        }
        return story;
    }
}
