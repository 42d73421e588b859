package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Message;
import dev.hearsay.wire.Vectors.Vector;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of the packet codec, for arbitrary messages and arbitrary bytes. */
class PacketPropertiesTest {
    private static final List<byte[]> GOLDEN =
            Vectors.packets().stream().map(Vector::bytes).toList();

    private final MemberlistSizes sizes = new MemberlistSizes();

    @Property(tries = 400)
    void a_message_written_and_read_is_the_same(@ForAll("messages") Message message) throws WireException {
        DropCounters drops = new DropCounters();
        PacketCodec codec = new PacketCodec(drops);
        byte[] packet = codec.encode(message);
        assertEquals(message, codec.decode(packet, 0, packet.length));
        assertEquals(0, drops.total(), drops::toString);
    }

    @Property(tries = 400)
    void the_size_foretold_is_the_size_written(@ForAll("messages") Message message) {
        PacketCodec codec = new PacketCodec(new DropCounters());
        byte[] larger = new byte[sizes.of(message) + 100];
        // Written into a larger buffer, so that the size does not come from the array made for it.
        assertEquals(codec.encode(message, true).length, sizes.of(message) + sizes.packetOverhead());
        int written = codec.encode(message, larger, 3);
        int checksum = larger[3] == Kind.CHECKSUM ? sizes.packetOverhead() : 0;
        assertEquals(sizes.of(message) + checksum, written);
        assertArrayEquals(codec.encode(message), Arrays.copyOfRange(larger, 3, 3 + written));
    }

    @Property(tries = 200)
    void a_compound_costs_what_the_core_is_told(@ForAll("singles") Message first, @ForAll("singles") Message second) {
        int expected = sizes.perCompound() + 2 * sizes.perPart() + sizes.of(first) + sizes.of(second);
        assertEquals(expected, sizes.of(new Message.Compound(List.of(first, second))));
    }

    @Property(tries = 3000)
    void any_bytes_are_a_message_or_a_counted_drop(@ForAll("packets") byte[] packet) {
        DropCounters drops = new DropCounters();
        try {
            assertNotNull(new PacketCodec(drops).decode(packet, 0, packet.length));
        } catch (WireException e) {
            assertTrue(drops.get(e.reason()) > 0, e::getMessage);
        }
    }

    @Property(tries = 3000)
    void a_golden_packet_with_flipped_bytes_is_a_message_or_a_counted_drop(@ForAll("damaged") byte[] packet) {
        any_bytes_are_a_message_or_a_counted_drop(packet);
        // The checksum stops most damage early; without it the damage reaches the inner layers.
        if (packet.length > 5 && packet[0] == Kind.CHECKSUM) {
            any_bytes_are_a_message_or_a_counted_drop(Arrays.copyOfRange(packet, 5, packet.length));
        }
    }

    @Property(tries = 500)
    void one_flipped_bit_under_a_checksum_is_always_noticed(@ForAll("messages") Message message, @ForAll int where) {
        DropCounters drops = new DropCounters();
        PacketCodec codec = new PacketCodec(drops);
        byte[] packet = codec.encode(message, true);
        int bit = Math.floorMod(where, 8 * (packet.length - 1));
        packet[1 + bit / 8] ^= (byte) (1 << bit % 8);
        try {
            throw new AssertionError("accepted: " + codec.decode(packet, 0, packet.length));
        } catch (WireException e) {
            assertEquals(DropReason.CHECKSUM, e.reason());
        }
    }

    @Provide
    Arbitrary<Message> messages() {
        return Samples.messages();
    }

    @Provide
    Arbitrary<Message> singles() {
        return Samples.singles();
    }

    /** Random bytes hardly ever get past the kind and the map's head, so these two are mostly right. */
    @Provide
    Arbitrary<byte[]> packets() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<byte[]> likely = any.map(bytes -> {
            if (bytes.length > 2) {
                bytes[0] = (byte) Math.floorMod(bytes[0], 14);
                bytes[1] = bytes[0] == Kind.COMPOUND ? (byte) (bytes[1] & 7) : (byte) (0x80 | (bytes[1] & 0x0F));
            }
            return bytes;
        });
        return Arbitraries.oneOf(any, likely);
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        Arbitrary<Integer> flips = Arbitraries.integers();
        return Arbitraries.of(GOLDEN)
                .flatMap(golden -> flips.list().ofMinSize(1).ofMaxSize(6).map(seeds -> damage(golden, seeds)));
    }

    static byte[] damage(byte[] golden, List<Integer> seeds) {
        byte[] bytes = golden.clone();
        for (int seed : seeds) {
            bytes[Math.floorMod(seed, bytes.length)] = (byte) (seed >> 20);
        }
        return bytes;
    }
}
