package dev.hearsay.core.dissemination;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.TestSizes;
import dev.hearsay.core.Timer;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PackedSpreadingTest {
    private static final int NODES = 8;
    private static final int MEMBERS = 100;
    private static final Config CONFIG = Config.lan();
    private static final TestSizes SIZES = new TestSizes();
    private static final Message.UserEvent RUMOR = new Message.UserEvent(1, "rumor", Bytes.EMPTY, false);

    /** Writes down what is done, and remembers the last timer of each node. */
    private static final class Recorder implements Outbox {
        private final List<String> lines = new ArrayList<>();
        private final int[] numbers = new int[NODES];
        private int node;

        @Override
        public void send(Address to, Message message) {
            lines.add(node + " to " + to + ": " + message);
        }

        @Override
        public void schedule(long delayNanos, Timer timer) {
            lines.add(node + " in " + delayNanos + ": " + timer);
            if (timer instanceof Timer.Forward forward) {
                numbers[node] = forward.number();
            }
        }

        @Override
        public void open(long stream, Address to, StreamMessage request) {
            throw new IllegalStateException();
        }

        @Override
        public void reply(long stream, StreamMessage reply) {
            throw new IllegalStateException();
        }

        @Override
        public void close(long stream) {
            throw new IllegalStateException();
        }

        @Override
        public void emit(Event event) {
            throw new IllegalStateException();
        }
    }

    private static final class Plain {
        private final Dissemination dissemination;
        private final Gossip gossip;
        private final Forwarding forwarding;

        Plain(int node, MemberTable table) {
            dissemination = new Dissemination(CONFIG, table, SIZES, new Counters());
            gossip = new Gossip("m" + node, CONFIG, table, dissemination, SIZES, new Prng(node));
            forwarding = new Forwarding(CONFIG, dissemination, gossip);
        }
    }

    @Property(tries = 50)
    void nodes_that_take_turns_in_one_set_of_components_do_what_nodes_of_their_own_do(@ForAll long seed) {
        MemberTable table = new DenseMemberTable();
        for (int i = 0; i < MEMBERS; i++) {
            Address address = Address.ipv4(10, 0, 0, i, 7946);
            table.put(new Member(
                    new Claim("m" + i, 1, address, Bytes.EMPTY, Versions.SERF, MemberState.ALIVE), false, 0));
        }
        PackedSpreading packed = new PackedSpreading(CONFIG, table, SIZES, new Counters(), RUMOR);
        int[] states = new int[NODES * PackedSpreading.STATE_INTS];
        Plain[] plain = new Plain[NODES];
        Recorder expected = new Recorder();
        Recorder seen = new Recorder();
        for (int i = 0; i < NODES; i++) {
            plain[i] = new Plain(i, table);
            packed.begin("m" + i, i);
            packed.pack(states, i * PackedSpreading.STATE_INTS);
        }
        Prng random = new Prng(seed);
        long now = random.nextLong() >>> 2;
        for (int step = 0; step < 400; step++) {
            now += random.delayBelow(30_000_000);
            int node = random.below(NODES);
            int what = step < NODES ? 0 : 1 + random.below(4);
            node = step < NODES ? step : node;
            int at = node * PackedSpreading.STATE_INTS;
            expected.node = node;
            act(what, plain[node].dissemination, plain[node].gossip, plain[node].forwarding, now, expected);
            seen.node = node;
            packed.unpack("m" + node, states, at);
            act(what, packed.dissemination(), packed.gossip(), packed.forwarding(), now, seen);
            boolean spreads = packed.pack(states, at);
            assertEquals(expected.lines, seen.lines, "seed " + seed);
            assertEquals(plain[node].dissemination.size() > 0, spreads, "seed " + seed);
            expected.lines.clear();
            seen.lines.clear();
        }
    }

    private static void act(
            int what, Dissemination dissemination, Gossip gossip, Forwarding forwarding, long now, Recorder out) {
        if (what == 0) {
            dissemination.spreadUpper(RUMOR);
            forwarding.mail(RUMOR, now, out);
        } else if (what == 1) {
            gossip.onTick(now, out);
        } else {
            forwarding.onTimer(new Timer.Forward(out.numbers[out.node]), now, out);
        }
        forwarding.afterInput(now, out);
    }
}
