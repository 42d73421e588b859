package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.MemberState;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever arrives, decoding allocates in proportion to it: so many bytes for each byte, for each part and for each key
 * that is tried. What the codec keeps for reuse is there after the first packets. Bytes are counted, not time.
 */
class AllocationTest {
    /** A text is an array as long as its bytes and is checked once more if it looks broken. */
    private static final int FOR_A_BYTE = 4;
    /** The objects of a message and its fields, or the error that it is not one. */
    private static final int FOR_A_PART = 256;
    /** What the JDK's cipher makes for a message, and the exception if the key does not fit. */
    private static final int FOR_A_KEY = 8192;

    private static final int FOR_A_PACKET = 1024;

    private static final WireConfig PLAIN = WireConfig.PLAIN;
    private static final WireConfig COMPRESSED =
            PLAIN.toBuilder().compress(true).build();
    private static final WireConfig ONE_KEY = encrypted(1);
    private static final WireConfig ALL_KEYS = encrypted(Keyring.MAX_KEYS);

    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private interface Step {
        void run() throws WireException;
    }

    @BeforeEach
    void requireCounting() {
        assumeTrue(
                threads != null
                        && threads.isThreadAllocatedMemorySupported()
                        && threads.isThreadAllocatedMemoryEnabled(),
                "this JVM does not count what a thread allocates");
    }

    @Test
    void packets_of_news_allocate_in_proportion_in_every_layer() {
        Message news = new Message.Compound(news(12));
        int plain = bytes(PLAIN, news).length;
        holds("plain", PLAIN, bytes(PLAIN, news), plain, 12, 0);
        holds("compressed", PLAIN, bytes(COMPRESSED, news), plain, 12, 0);
        holds("encrypted", ONE_KEY, bytes(ONE_KEY, news), plain, 12, 1);
        for (Message part : news(2)) {
            byte[] alone = bytes(PLAIN, part);
            holds(part.toString(), PLAIN, alone, alone.length, 1, 0);
        }
    }

    @Test
    void a_packet_that_no_key_opens_allocates_for_each_key_tried_not_for_its_length() {
        WireConfig stranger = PLAIN.toBuilder()
                .keyring(Keyring.of(GossipKey.of(new byte[16])))
                .build();
        byte[] small = bytes(stranger, new Message.User(Bytes.of(new byte[1_000])));
        byte[] large = bytes(stranger, new Message.User(Bytes.of(new byte[60_000])));
        holds("one key", ONE_KEY, large, 0, 0, 1);
        holds("all keys", ALL_KEYS, small, 0, 0, Keyring.MAX_KEYS);
    }

    @Test
    void bad_parts_allocate_no_more_than_good_ones() {
        for (byte[] part : List.of(
                new byte[] {}, new byte[] {99}, new byte[] {Kind.PING, 5}, new byte[] {Kind.ALIVE, (byte) 0x80})) {
            byte[] packet = compound(255, part);
            holds("255 times " + Arrays.toString(part), PLAIN, packet, packet.length, 255, 0);
        }
    }

    @Test
    void nested_compounds_allocate_no_more_than_their_bound_of_parts() {
        for (byte[] part : List.of(new byte[] {99}, new byte[] {Kind.USER, 'x'}, new byte[] {Kind.PING, 5})) {
            byte[] inner = compound(255, part);
            byte[] nested = compound(Math.min(255, Limits.PACKET_EXPANDED_BYTES / (inner.length + 2)), inner);
            byte[] packet = new Compressor().compress(nested);
            assertTrue(packet.length < 4096, "is meant to be a small packet, has " + packet.length + " bytes");
            holds("nested " + Arrays.toString(part), PLAIN, packet, nested.length, Limits.PACKET_PARTS, 0);
        }
    }

    @Test
    void a_bomb_allocates_nothing_for_what_it_would_expand_to() {
        holds("bomb", PLAIN, new Compressor().compress(new byte[10 << 20]), 0, 0, 0);
    }

    @Test
    void a_push_pull_allocates_in_proportion() {
        List<Claim> claims = new ArrayList<>();
        for (Message.Alive alive : alives(500)) {
            claims.add(new Claim(
                    alive.node(),
                    alive.incarnation(),
                    alive.address(),
                    alive.meta(),
                    alive.versions(),
                    MemberState.ALIVE));
        }
        byte[] bytes = StreamCodec.encode(new StreamMessage.PushPull(false, claims, null));
        long allocated = allocated(() -> {
            StreamDecoder decoder = new StreamDecoder(new DropCounters());
            decoder.feed(bytes, 0, bytes.length);
            assertTrue(decoder.next() != null);
        });
        // The bytes are held once more, with room to grow, besides the claims made of them.
        atMost(FOR_A_PACKET + 3L * FOR_A_BYTE * bytes.length + 500 * FOR_A_PART, allocated, "push/pull");
    }

    private void holds(String what, WireConfig config, byte[] packet, int contentBytes, int parts, int keys) {
        PacketCodec codec = new PacketCodec(() -> config, new DropCounters());
        long most =
                FOR_A_PACKET + (long) FOR_A_BYTE * contentBytes + (long) FOR_A_PART * parts + (long) FOR_A_KEY * keys;
        atMost(most, allocated(() -> codec.decode(packet, 0, packet.length)), what + ", " + packet.length + " bytes");
    }

    private static void atMost(long most, long allocated, String what) {
        assertTrue(allocated <= most, what + ": allocates " + allocated + " bytes, must be at most " + most);
    }

    /** The least of many runs: what a run allocates in any case, without what loading and compiling adds now and then. */
    private long allocated(Step step) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 30; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                step.run();
            } catch (WireException e) {
                assertEquals(0, e.getStackTrace().length, "an error that anybody can cause has no stack trace");
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static byte[] bytes(WireConfig config, Message message) {
        return new PacketCodec(() -> config, new DropCounters()).encode(message);
    }

    private static List<Message> news(int count) {
        List<Message> news = new ArrayList<>();
        for (Message.Alive alive : alives(count)) {
            news.add(news.size() % 2 == 0 ? alive : new Message.Suspect(alive.node(), alive.incarnation(), "accuser"));
        }
        return news;
    }

    private static List<Message.Alive> alives(int count) {
        Bytes tags = Tags.encode(Map.of("role", "web", "dc", "eu-west-1"));
        List<Message.Alive> alives = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Address address = Address.ipv4(10, 0, i >> 8, i & 0xFF, 7946);
            alives.add(new Message.Alive("node-" + i, 50_000_000, address, tags, Versions.SERF));
        }
        return alives;
    }

    /** Its bytes, of parts that no encoder would write. */
    private static byte[] compound(int count, byte[] part) {
        byte[] bytes = new byte[2 + count * (2 + part.length)];
        RawWriter out = new RawWriter(bytes, 0);
        out.octet(Kind.COMPOUND);
        out.octet(count);
        for (int i = 0; i < count; i++) {
            out.octet(part.length >> 8);
            out.octet(part.length);
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(part, 0, bytes, 2 + 2 * count + i * part.length, part.length);
        }
        return bytes;
    }

    private static WireConfig encrypted(int count) {
        List<GossipKey> keys = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            byte[] secret = new byte[32];
            secret[0] = (byte) i;
            keys.add(GossipKey.of(secret));
        }
        return PLAIN.toBuilder().keyring(new Keyring(keys)).build();
    }
}
