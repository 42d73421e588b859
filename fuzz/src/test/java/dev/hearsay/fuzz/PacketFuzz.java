package dev.hearsay.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hearsay.core.Message;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.Envelope;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.Limits;
import dev.hearsay.wire.MemberlistSizes;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.WireConfig;
import dev.hearsay.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Datagrams: any bytes give a message, or a drop that is counted once; in bounded memory; and what was understood can be
 * said again.
 */
class PacketFuzz {
    /** Bytes allocated whatever the packet, and for each of its bytes, expanded ones included. */
    private static final long FREE_BYTES = 16 << 10;

    private static final int BYTES_PER_BYTE = 160;

    /** A new codec costs more than a packet: so many packets are not compared with what it says. */
    private static final int ONE_IN = 16;

    private static final int COMPRESSED = 1;
    private static final int SEALED = 2;
    private static final int ENCRYPTED = 4;
    private static final int LABELLED = 8;
    private static final int OLD_VERSION = 16;
    private static final int SECOND_KEY = 32;
    private static final int TWICE_COMPRESSED = 64;

    private final List<Codec> codecs = Configs.ALL.stream().map(Codec::new).toList();

    /** A codec that lives as long as its process, as in production. */
    private record Codec(WireConfig config, DropCounters drops, PacketCodec codec) {
        Codec(WireConfig config) {
            this(config, new DropCounters());
        }

        private Codec(WireConfig config, DropCounters drops) {
            this(config, drops, new PacketCodec(() -> config, drops));
        }
    }

    static Stream<byte[]> captured() {
        return Seeds.packets().entrySet().stream()
                .map(vector -> Seeds.with(vector.getValue(), Configs.of(vector.getKey())));
    }

    static Stream<byte[]> messages() {
        return Seeds.messages().stream()
                .flatMap(bytes -> Stream.of(
                        Seeds.with(bytes, 0, COMPRESSED | SEALED),
                        Seeds.with(bytes, 2, SEALED | ENCRYPTED),
                        Seeds.with(bytes, 5, COMPRESSED | SEALED | ENCRYPTED | LABELLED | OLD_VERSION)));
    }

    /** The first byte chooses the configuration, the others are the packet. */
    @MethodSource("captured")
    @FuzzTest
    void bytes(byte[] bytes) {
        Input input = new Input(bytes);
        check(codecs.get(input.choice(Configs.ALL.size())), input.rest());
    }

    /** The first byte chooses the configuration, the second the layers around the others: past checksum and key. */
    @MethodSource("messages")
    @FuzzTest
    void layers(byte[] bytes) {
        Input input = new Input(bytes);
        Codec codec = codecs.get(input.choice(Configs.ALL.size()));
        check(codec, wrap(codec.config(), input.octet(), input.rest()));
    }

    private static byte[] wrap(WireConfig config, int layers, byte[] content) {
        byte[] packet = content;
        for (int i = layers & (COMPRESSED | TWICE_COMPRESSED); i > 0; i &= i - 1) {
            packet = Envelope.compressed(packet);
        }
        if ((layers & SEALED) != 0) {
            packet = Envelope.sealed(packet);
        }
        Keyring ring = config.keyring();
        if ((layers & ENCRYPTED) != 0 && ring != null) {
            GossipKey key = ring.keys().get((layers & SECOND_KEY) != 0 ? 1 : 0);
            packet = Envelope.encryptedPacket(config, key, (layers & OLD_VERSION) != 0, packet);
        }
        return (layers & LABELLED) != 0 ? Envelope.labelled(config, packet) : packet;
    }

    private static void check(Codec codec, byte[] packet) {
        Result[] result = new Result[1];
        long counted = Math.min(Limits.PACKET_EXPANDED_BYTES, Allocation.expanded(packet.length)) + packet.length;
        Allocation.atMost(FREE_BYTES + BYTES_PER_BYTE * counted, () -> result[0] = decode(codec, packet));
        Result found = result[0];
        if (packet.length % ONE_IN == 0) {
            assertEquals(decode(new Codec(codec.config()), packet), found, "a codec remembers an earlier packet");
        }
        if (found.message() == null) {
            assertEquals(1, found.dropped(), "drops counted for one exception");
        } else if (!(found.message() instanceof Message.Compound)) {
            // The coordinate in an ack may be none: that costs only itself.
            boolean partly = found.message() instanceof Message.Ack ack && ack.coordinate() == null;
            assertTrue(found.dropped() <= (partly ? 1 : 0), "drops counted for a message that was understood");
        }
        if (found.message() != null) {
            assertTrue(parts(found.message()) <= Limits.PACKET_PARTS, "more parts than a packet may have");
            for (Message message : sendable(found.message())) {
                sayAgain(codec, message);
            }
        }
    }

    private static int parts(Message message) {
        return message instanceof Message.Compound compound
                ? compound.parts().size()
                        + compound.parts().stream().mapToInt(PacketFuzz::parts).sum()
                : 0;
    }

    private record Result(@Nullable Message message, String reason, long dropped) {}

    private static Result decode(Codec codec, byte[] packet) {
        long before = codec.drops().total();
        try {
            Message message = codec.codec().decode(packet, 0, packet.length);
            return new Result(message, "", codec.drops().total() - before);
        } catch (WireException e) {
            assertTrue(codec.drops().get(e.reason()) > 0, "counted under another reason");
            return new Result(
                    null, e.reason() + ": " + e.getMessage(), codec.drops().total() - before);
        }
    }

    /** The message, or its parts where it is larger than what we send. */
    private static List<Message> sendable(Message message) {
        List<Message> messages = new ArrayList<>();
        if (message instanceof Message.Compound compound && !fits(compound)) {
            compound.parts().forEach(part -> messages.addAll(sendable(part)));
        } else {
            messages.add(message);
        }
        return messages;
    }

    private static boolean fits(Message.Compound compound) {
        return compound.parts().size() <= Limits.PARTS_SENT
                && compound.parts().stream()
                        .allMatch(part -> new MemberlistSizes().of(part) <= 0xFFFF
                                && (!(part instanceof Message.Compound inner) || fits(inner)));
    }

    private static void sayAgain(Codec codec, Message message) {
        byte[] again = codec.codec().encode(message);
        MemberlistSizes sizes = new MemberlistSizes(codec::config);
        int most = sizes.of(message) + sizes.packetOverhead();
        assertTrue(again.length <= most, () -> "packet of " + again.length + " bytes, foreseen were " + most);
        if (codec.config().skipInboundLabelCheck()) {
            // What such a node says has a label, which it does not accept itself.
            return;
        }
        long before = codec.drops().total();
        assertEquals(new Result(message, "", 0), decode(codec, again), "said again");
        assertEquals(before, codec.drops().total());
    }
}
