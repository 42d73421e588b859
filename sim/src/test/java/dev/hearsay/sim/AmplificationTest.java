package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Event;
import dev.hearsay.core.Identity;
import dev.hearsay.core.Message;
import dev.hearsay.core.Node;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.MemberlistSizes;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever one packet that nobody authenticated makes a node send to one address, at once and later, is together no
 * longer than that packet: so nobody can use the cluster to send a victim more than he can send himself. Counted as on the
 * wire, with the 28 bytes of IPv4 and UDP.
 */
class AmplificationTest {
    private static final int HEADERS = 28;
    private static final Address VICTIM = member(2);
    private static final int MEMBERS = 9;

    private final PacketCodec codec = new PacketCodec(new DropCounters());
    private final Sink sink = new Sink();
    private final Node node = new Node(
            new Identity("a-node-with-a-name-of-some-length", member(1), Bytes.EMPTY, Versions.SERF, 1),
            Config.lan(),
            new DenseMemberTable(),
            new MemberlistSizes(),
            7);

    /** Counts what is sent; what would be sent later is kept. */
    private final class Sink implements Outbox {
        /** By address. */
        final Map<Address, Long> bytes = new HashMap<>();

        final List<Message.Ping> pings = new ArrayList<>();
        final List<Timer> timers = new ArrayList<>();

        @Override
        public void send(Address to, Message message) {
            bytes.merge(to, (long) codec.encode(message).length + HEADERS, Long::sum);
            Message first = message instanceof Message.Compound compound
                    ? compound.parts().get(0)
                    : message;
            if (first instanceof Message.Ping ping) {
                pings.add(ping);
            }
        }

        @Override
        public void open(long stream, Address to, StreamMessage request) {
            throw new AssertionError("a packet opens no stream");
        }

        @Override
        public void reply(long stream, StreamMessage reply) {
            throw new AssertionError("a packet is not answered over a stream");
        }

        @Override
        public void close(long stream) {
            throw new AssertionError("a packet closes no stream");
        }

        @Override
        public void schedule(long delayNanos, Timer timer) {
            if (timer instanceof Timer.RelayTimeout) {
                timers.add(timer);
            }
        }

        @Override
        public void emit(Event event) {}
    }

    private static Address member(int number) {
        return Address.ipv4(10, 0, 0, number, 7946);
    }

    /** A node that knows members, and has news that it would like to send along. */
    private void start() {
        node.start(0, sink);
        for (int i = 2; i <= MEMBERS; i++) {
            Bytes meta = Bytes.of(new byte[100]);
            node.onMessage(member(i), new Message.Alive("m" + i, 1, member(i), meta, Versions.SERF), 0, 0, sink);
        }
        sink.bytes.clear();
        sink.pings.clear();
    }

    /** Everything that follows from the packet: at once, when relayed pings are answered, and when they are not. */
    private long sentBecauseOf(Message packet, int length, boolean answered) {
        start();
        node.onMessage(member(99), packet, length, 0, sink);
        if (answered) {
            for (Message.Ping ping : List.copyOf(sink.pings)) {
                node.onMessage(member(3), new Message.Ack(ping.sequence(), null), 1 << 16, 0, sink);
            }
        }
        for (Timer timer : List.copyOf(sink.timers)) {
            node.onTimer(timer, 500_000_000, sink);
        }
        return sink.bytes.values().stream().mapToLong(bytes -> bytes).max().orElse(0);
    }

    @Property(tries = 2000)
    void everything_a_stranger_makes_a_node_send_to_anybody_is_together_no_longer_than_his_packet(
            @ForAll("packets") Message packet, @ForAll boolean answered) {
        int length = codec.encode(packet).length;
        long sent = sentBecauseOf(packet, length, answered);
        assertTrue(sent <= length + HEADERS, () -> sent + " bytes for " + (length + HEADERS) + ": " + packet);
    }

    @Provide
    Arbitrary<Message> packets() {
        Arbitrary<Message> part = Arbitraries.oneOf(pings(), indirectPings(), acks());
        Arbitrary<Message> compound = part.list()
                .ofMinSize(2)
                .ofMaxSize(20)
                .map(parts -> parts.size() == 1 ? parts.get(0) : new Message.Compound(parts));
        return Arbitraries.oneOf(part, compound);
    }

    private static Arbitrary<Message> pings() {
        return Combinators.combine(
                        Arbitraries.integers(),
                        Arbitraries.of("", "a-node-with-a-name-of-some-length", "m2"),
                        sources())
                .as((number, target, source) -> new Message.Ping(number, target, "", source));
    }

    private static Arbitrary<Message> indirectPings() {
        return Combinators.combine(
                        Arbitraries.integers(),
                        Arbitraries.integers().between(1, MEMBERS + 1),
                        Arbitraries.of(true, false),
                        Arbitraries.of("", "x", "a-long-name-of-somebody-who-asks"),
                        sources())
                .as((number, target, nack, name, source) ->
                        new Message.IndirectPing(number, "m" + target, member(target), nack, name, source));
    }

    private static Arbitrary<Message> acks() {
        return Arbitraries.integers().map(number -> new Message.Ack(number, null));
    }

    private static Arbitrary<Address> sources() {
        return Arbitraries.of(VICTIM, member(3), member(98)).injectNull(0.3);
    }

    @Example
    void a_ping_shorter_than_its_ack_stays_unanswered() throws WireException {
        byte[] bytes = {0, (byte) 0x81, (byte) 0xA5, 'S', 'e', 'q', 'N', 'o', 1};
        assertEquals(0, sentBecauseOf(codec.decode(bytes, 0, bytes.length), bytes.length, true));
    }

    @Example
    void a_ping_as_memberlist_sends_it_is_answered() {
        Message ping = new Message.Ping(1, "a-node-with-a-name-of-some-length", "m2", member(2));
        assertTrue(sentBecauseOf(ping, codec.encode(ping).length, true) > 0);
    }

    @Example
    void an_indirect_ping_as_memberlist_sends_it_is_relayed_and_its_answer_forwarded() {
        Message request = new Message.IndirectPing(1, "m3", member(3), true, "m2", member(2));
        long silent = sentBecauseOf(request, codec.encode(request).length, false);
        assertEquals(1, sink.pings.size());
        assertTrue(silent > 0);
    }

    @Example
    void an_authenticated_packet_is_answered_with_all_the_news_that_fits() {
        Message ping = new Message.Ping(1, "a-node-with-a-name-of-some-length", "m2", member(2));
        assertTrue(sentBecauseOf(ping, Node.ANY_LENGTH, true) > 500);
    }
}
