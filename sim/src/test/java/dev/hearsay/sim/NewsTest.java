package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How soon news is everywhere, what that costs, and that no kind of news keeps another out. */
class NewsTest {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Config IMMEDIATE = Config.lan();
    private static final Config TICK_ONLY =
            IMMEDIATE.toBuilder().forwardDelay(Duration.ZERO).build();

    /** Longer than news, so that it does not fit into what news leaves of a packet. */
    private static final Bytes SILENCE = Bytes.of(new byte[300]);

    private static final Delegate BARE_MEMBERLIST = new Delegate() {
        @Override
        public boolean serf() {
            return false;
        }

        @Override
        public Bytes localState(boolean join) {
            return Bytes.EMPTY;
        }
    };

    /** A cluster that knows itself and has nothing to say any more, on links of 1 ms. */
    private static Simulation warm(SimulationBuilder settings) {
        Simulation sim = settings.network(Network.fixed(Duration.ofMillis(1)))
                .unchecked()
                .start();
        sim.joinAll();
        sim.awaitAllSee(sim.nodes().size(), Duration.ofMinutes(5));
        return sim.run(Duration.ofSeconds(40));
    }

    /** What one piece of news took, over many seeds. */
    private record Cost(List<Long> millis, long bytes) {
        long median() {
            return millis.get(millis.size() / 2);
        }

        @Override
        public String toString() {
            return "median " + median() + " ms, worst " + millis.get(millis.size() - 1) + " ms, " + bytes + " bytes";
        }
    }

    /** A member changes its metadata. Gossip alone now and then misses somebody; that counts as the whole time. */
    private static Cost tagChange(int nodes, int seeds, Config config, double loss) {
        List<Long> millis = Collections.synchronizedList(new ArrayList<>());
        AtomicLong bytes = new AtomicLong();
        Seeds.each(seeds, seed -> {
            Simulation sim = warm(Simulation.of(nodes).seed(seed).config(config));
            sim.loss(loss);
            Latest heard = new Latest(sim);
            sim.listen(heard);
            long before = sim.totals().bytes();
            sim.updateMeta((int) seed % nodes, Bytes.of((byte) 7)).run(SOON);
            bytes.addAndGet(sim.totals().bytes() - before);
            millis.add(heard.count == nodes ? heard.millis : SOON.toMillis());
        });
        Collections.sort(millis);
        return new Cost(millis, bytes.get());
    }

    private static final class Latest implements Simulation.Listener {
        private final Simulation sim;
        private final long start;
        private int count;
        private long millis;

        Latest(Simulation sim) {
            this.sim = sim;
            this.start = sim.now().toMillis();
        }

        @Override
        public void onEvent(SimNode node, Event event) {
            if (event instanceof Event.MemberUpdated) {
                count++;
                millis = sim.now().toMillis() - start;
            }
        }
    }

    @Test
    void forwarded_at_once_news_is_everywhere_in_a_tenth_of_the_time_with_the_same_bytes() {
        Cost slow = tagChange(60, 40, TICK_ONLY, 0);
        Cost fast = tagChange(60, 40, IMMEDIATE, 0);
        String costs = "tick only: " + slow + "; immediate: " + fast;
        assertTrue(10 * fast.median() <= slow.median(), costs);
        assertEquals(1, (double) fast.bytes / slow.bytes, 0.03, costs);
    }

    @Test
    void where_one_packet_in_twenty_is_lost_it_is_still_a_tenth() {
        Cost slow = tagChange(60, 40, TICK_ONLY, 0.05);
        Cost fast = tagChange(60, 40, IMMEDIATE, 0.05);
        String costs = "tick only: " + slow + "; immediate: " + fast;
        assertTrue(10 * fast.median() <= slow.median(), costs);
    }

    @Test
    void of_twenty_members_the_last_hears_within_ten_milliseconds() {
        Cost fast = tagChange(20, 41, IMMEDIATE, 0);
        assertTrue(fast.median() <= 10, fast::toString);
    }

    /** Three packets of each tick, four more rounds of three in each interval, pings and acks; and one burst. */
    @Test
    void a_storm_of_news_makes_at_most_five_rounds_in_a_gossip_interval() {
        Seeds.each(10, seed -> {
            int nodes = 30;
            Simulation sim = warm(Simulation.of(nodes).seed(seed));
            long[] before = sim.nodes().stream().mapToLong(SimNode::packetsSent).toArray();
            int intervals = 50;
            for (int i = 0; i < intervals * 40; i++) {
                sim.updateMeta(i % nodes, Bytes.of((byte) i, (byte) (i >> 8))).run(Duration.ofMillis(5));
            }
            for (SimNode node : sim.nodes()) {
                int rounds = 5 * (intervals + 1) + 8;
                int pings = 2 * 2 * 11;
                long sent = node.packetsSent() - before[node.index()];
                assertTrue(sent <= 3 * rounds + pings, () -> node + " sent " + sent + " packets, seed " + seed);
                assertTrue(sent >= 12L * intervals, () -> node + " is never busy: " + sent + ", seed " + seed);
            }
        });
    }

    /**
     * memberlist issue 299: while members come, go and change, user messages starved. The churn here would fill every
     * packet of every member; the application repeats what is new to it, as an Alertmanager does.
     */
    @Test
    void memberlist_issue_299_user_messages_are_not_starved_by_churn_among_a_thousand() {
        Simulation sim = warm(Simulation.of(1_000).seed(299).config(IMMEDIATE).delegates(node -> BARE_MEMBERLIST));
        Application application = new Application(sim);
        churn(sim, application, Duration.ofSeconds(1));
        broadcast(sim, 17, "silence", SILENCE);
        Duration said = sim.now();
        churn(sim, application, SOON);
        assertTrue(application.everybodySince(said, 999), application::toString);
        assertTrue(
                sim.node(500).core().vitals().queuedUpdates() > 100,
                () -> "there is too little news to starve anybody: "
                        + sim.node(500).core().vitals());
    }

    /**
     * The reverse: applications talk without end, and one member changes its metadata. Each of the 60 is sent 8 copies on
     * average, so that somebody gets none in 60 e^-8 of all cases, 2 %.
     */
    @Test
    void user_messages_without_end_do_not_starve_news() {
        Seeds.each(10, seed -> {
            int nodes = 60;
            Simulation sim = warm(Simulation.of(nodes).seed(seed).delegates(node -> BARE_MEMBERLIST));
            byte[] content = new byte[300];
            for (int i = 0; i < nodes * 200; i++) {
                content[0] = (byte) i;
                content[1] = (byte) (i >> 8);
                broadcast(sim, i % nodes, "k" + i, Bytes.of(content.clone()));
            }
            Latest heard = new Latest(sim);
            sim.listen(heard);
            sim.updateMeta(3, Bytes.of((byte) 7)).run(SOON);
            assertTrue(heard.count >= nodes - 1, () -> heard.count + " heard it, seed " + seed);
            assertTrue(heard.millis <= 500, () -> heard.millis + " ms, seed " + seed);
            assertTrue(
                    sim.node(5).core().vitals().queuedUpdates() > 50, "there are too few messages to starve anybody");
        });
    }

    /** 200 members a second change their metadata; what the application heard it repeats, every 5 ms. */
    private static void churn(Simulation sim, Application application, Duration time) {
        for (int step = 0; step < time.toMillis() / 5; step++) {
            int changing = (int) (sim.now().toMillis() * 7 / 5 % sim.nodes().size());
            sim.updateMeta(changing, Bytes.of(new byte[100])).run(Duration.ofMillis(5));
            application.repeat();
        }
    }

    /** Repeats what it has not heard before. */
    private static final class Application implements Simulation.Listener {
        private final Simulation sim;
        private final Set<SimNode> heard = new HashSet<>();
        private final List<SimNode> fresh = new ArrayList<>();
        private Duration latest = Duration.ZERO;

        Application(Simulation sim) {
            this.sim = sim;
            sim.listen(this);
        }

        @Override
        public void onEvent(SimNode node, Event event) {
            if (event instanceof Event.UserMessage && heard.add(node)) {
                fresh.add(node);
                latest = sim.now();
            }
        }

        void repeat() {
            for (SimNode node : fresh) {
                broadcast(sim, node.index(), "silence", SILENCE);
            }
            fresh.clear();
        }

        /** Its first speaker does not have to hear it. */
        boolean everybodySince(Duration said, int others) {
            return heard.size() >= others && latest.compareTo(said) > 0;
        }

        @Override
        public String toString() {
            return heard.size() + " have heard, the last at " + latest;
        }
    }

    private static void broadcast(Simulation sim, int node, String key, Bytes content) {
        sim.command(node, "broadcast " + key, (core, now, out) -> core.broadcast(key, content, now, out));
    }
}
