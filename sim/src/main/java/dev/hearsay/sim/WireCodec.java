package dev.hearsay.sim;

import dev.hearsay.core.Message;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.MemberlistSizes;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.StreamCodec;
import dev.hearsay.wire.StreamDecoder;
import dev.hearsay.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that sockets carry: encodes and decodes messages with the code of production, without encryption and label, and
 * flips bits of packets in between if it is asked to.
 *
 * <p>As a {@link Codec} it does so with every message, and throws {@link IllegalStateException} if a packet has not got the
 * size that {@link MemberlistSizes} promised, or cannot be read. As {@link Damage} it encodes only what is to be damaged. One
 * for each simulation. It needs what a browser has not got, so nothing else here refers to it.
 */
public final class WireCodec implements Codec, Damage {
    /** Most bits of a packet that are flipped. */
    static final int MOST_FLIPPED = 3;

    private static final long NEXT_BIT = 0x9E3779B97F4A7C15L;

    private final DropCounters drops = new DropCounters();
    private final PacketCodec packets = new PacketCodec(drops);
    private final Sizes sizes = new MemberlistSizes();

    @Override
    public Message packet(SimNode from, SimNode to, Message message) {
        byte[] bytes = packets.encode(message, true);
        int promised = sizes.of(message) + sizes.packetOverhead();
        if (promised != bytes.length) {
            throw new IllegalStateException(
                    "a packet has " + bytes.length + " bytes where " + promised + " were promised: " + message);
        }
        try {
            return packets.decode(bytes, 0, bytes.length);
        } catch (WireException e) {
            throw new IllegalStateException("what was encoded cannot be decoded: " + message, e);
        }
    }

    @Override
    public StreamMessage stream(SimNode from, SimNode to, StreamMessage message) {
        byte[] bytes = StreamCodec.encode(message);
        StreamDecoder decoder = new StreamDecoder(drops);
        decoder.feed(bytes, 0, bytes.length);
        try {
            StreamMessage decoded = decoder.next();
            if (decoded == null) {
                throw new IllegalStateException("what was encoded is not complete: " + message);
            }
            return decoded;
        } catch (WireException e) {
            throw new IllegalStateException("what was encoded cannot be decoded: " + message, e);
        }
    }

    /**
     * Flips one to {@value #MOST_FLIPPED} bits, and reads what is left. What carries news has a checksum, as in production, and
     * is refused; a ping, an indirect ping, an ack or a nack may be understood as something else.
     */
    @Override
    public @Nullable Message packet(SimNode from, SimNode to, Message message, long bits) {
        byte[] bytes = packets.encode(message);
        flip(bytes, bits);
        try {
            return packets.decode(bytes, 0, bytes.length);
        } catch (WireException e) {
            return null;
        }
    }

    /** Flips one to three different bits. */
    static void flip(byte[] bytes, long bits) {
        int count = 1 + (int) Long.remainderUnsigned(bits, MOST_FLIPPED);
        int[] flipped = new int[count];
        long random = bits;
        for (int i = 0; i < count; i++) {
            do {
                random = Prng.mix(random + NEXT_BIT);
                flipped[i] = (int) Long.remainderUnsigned(random, bytes.length * 8L);
            } while (seen(flipped, i));
            bytes[flipped[i] >> 3] ^= (byte) (1 << (flipped[i] & 7));
        }
    }

    private static boolean seen(int[] flipped, int at) {
        for (int i = 0; i < at; i++) {
            if (flipped[i] == flipped[at]) {
                return true;
            }
        }
        return false;
    }
}
