package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.hearsay.core.Message;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.MemberlistSizes;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.StreamCodec;
import dev.hearsay.wire.StreamDecoder;
import dev.hearsay.wire.WireException;

/** Encodes and decodes every message as sockets would, and checks that packets have the size that was promised. */
final class WireCodec implements Codec {
    private final DropCounters drops = new DropCounters();
    private final PacketCodec packets = new PacketCodec(drops);
    private final Sizes sizes = new MemberlistSizes();

    @Override
    public Message packet(SimNode from, SimNode to, Message message) {
        byte[] bytes = packets.encode(message, true);
        assertEquals(sizes.of(message) + sizes.packetOverhead(), bytes.length, message::toString);
        try {
            return packets.decode(bytes, 0, bytes.length);
        } catch (WireException e) {
            throw new AssertionError(message.toString(), e);
        }
    }

    @Override
    public StreamMessage stream(SimNode from, SimNode to, StreamMessage message) {
        byte[] bytes = StreamCodec.encode(message);
        StreamDecoder decoder = new StreamDecoder(drops);
        decoder.feed(bytes, 0, bytes.length);
        try {
            StreamMessage decoded = decoder.next();
            assertNotNull(decoded, message::toString);
            return decoded;
        } catch (WireException e) {
            throw new AssertionError(message.toString(), e);
        }
    }
}
