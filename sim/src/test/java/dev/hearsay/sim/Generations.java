package dev.hearsay.sim;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.wire.AnnouncementTable;
import dev.hearsay.wire.Capability;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.StreamCodec;
import dev.hearsay.wire.StreamDecoder;
import dev.hearsay.wire.Tags;
import dev.hearsay.wire.Trailer;
import dev.hearsay.wire.WireException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Which generation of programs runs on which machine, and the bytes between them: each writes what its generation would
 * write, and reads no more than its generation could.
 */
final class Generations implements Codec {
    /** What a later version might add to any map: a key nobody here has heard of, and an array. */
    private static final byte[] LATER_FIELD = HexFormat.of().parseHex("a54c6174657293c30102");

    /** Frames of a version and a kind that nobody here knows. */
    private static final List<Message> LATER_FRAMES = List.of(
            new Message.Extension(2, 200, Bytes.of((byte) 1, (byte) 2)), new Message.Extension(1, 77, Bytes.EMPTY));

    private static final int CHECKSUM = 12;
    private static final int CHECKSUM_HEADER = 5;
    private static final int COMPOUND = 7;
    private static final int USER = 8;

    private final IntFunction<Generation> first;
    private final Map<SimNode, Generation> running = new HashMap<>();
    private final Map<SimNode, AnnouncementTable> tables = new HashMap<>();
    private final Map<SimNode, DropCounters> drops = new HashMap<>();
    private final PacketCodec writer = new PacketCodec(new DropCounters());
    private Message.@Nullable Alive poison;
    private long framesSent;

    enum Generation {
        /** A Serf of before 2018: it knows no checksums and nothing of ours. */
        PAST(new Versions(1, 4, 2, 2, 5, 4), ""),
        /** What this code is. */
        PRESENT(Versions.SERF, "4853010107"),
        /** A later Hearsay: a longer set of capabilities, and a record of a later version. */
        FUTURE(new Versions(1, 6, 2, 2, 6, 5), "48530102ff01" + "48530203aabbcc"),
        /** Speaks what nobody else understands. */
        FOREIGN(new Versions(7, 9, 8, 2, 5, 5), "");

        @SuppressWarnings("ImmutableEnumChecker") // A record of six numbers.
        final Versions versions;

        private final String trailer;

        Generation(Versions versions, String trailer) {
            this.versions = versions;
            this.trailer = trailer;
        }

        Map<String, String> tags() {
            return Map.of("generation", name());
        }

        Generation next() {
            return this == PAST ? PRESENT : FUTURE;
        }

        private Bytes meta() {
            return Bytes.of(HexFormat.of().parseHex(Tags.encode(tags()) + trailer));
        }
    }

    /** Begins with that generation on each machine, by index. */
    Generations(IntFunction<Generation> first) {
        this.first = first;
    }

    Simulation start(int nodes, long seed) {
        return Simulation.of(nodes)
                .seed(seed)
                .codec(this)
                .announces(node -> new SimulationBuilder.Announced(of(node).meta(), of(node).versions))
                .tables(this::table)
                .start();
    }

    Generation of(SimNode node) {
        return running.computeIfAbsent(node, n -> first.apply(n.index()));
    }

    /** The next generation runs on the machine from its next start on. */
    void upgrade(SimNode node) {
        running.put(node, of(node).next());
    }

    /** What the process on the machine dropped since it started. */
    DropCounters drops(SimNode node) {
        return drops.computeIfAbsent(node, n -> new DropCounters());
    }

    /** Frames that the future has sent, to all. */
    long framesSent() {
        return framesSent;
    }

    /** From now on the future repeats this in every packet. */
    void poison(Message.Alive news) {
        poison = news;
    }

    private MemberTable table(SimNode node) {
        drops.put(node, new DropCounters());
        tables.remove(node);
        if (of(node) == Generation.PAST) {
            return new DenseMemberTable();
        }
        AnnouncementTable table = new AnnouncementTable(new DenseMemberTable(), true, drops(node));
        tables.put(node, table);
        return table;
    }

    @Override
    public Message packet(SimNode from, SimNode to, Message message) {
        AnnouncementTable table = tables.get(from);
        boolean checksum = table != null && table.readsChecksum(to.address());
        byte[] bytes;
        if (of(from) == Generation.FUTURE) {
            bytes = later(parts(from, to, message), checksum);
        } else {
            bytes = checksum ? writer.encode(message) : writer.encode(message, false);
        }
        return read(from, to, bytes);
    }

    private Message read(SimNode from, SimNode to, byte[] bytes) {
        boolean old = of(to) == Generation.PAST;
        if (old && bytes[0] == CHECKSUM) {
            check(from.sees(to.name()) == null, from + " sends a checksum to " + to + ", which it knows to be old");
            return new Message.Compound(List.of());
        }
        try {
            Message message = new PacketCodec(drops(to)).decode(bytes, 0, bytes.length);
            check(!old || !hasFrame(message), from + " sends an extension frame to " + to);
            return message;
        } catch (WireException e) {
            throw new AssertionError(HexFormat.of().formatHex(bytes), e);
        }
    }

    @Override
    public StreamMessage stream(SimNode from, SimNode to, StreamMessage message) {
        byte[] bytes = StreamCodec.encode(message);
        StreamDecoder decoder = new StreamDecoder(drops(to));
        bytes = of(from) == Generation.FUTURE ? withLaterField(bytes, 1) : bytes;
        decoder.feed(bytes, 0, bytes.length);
        try {
            StreamMessage decoded = decoder.next();
            if (decoded == null) {
                throw new AssertionError("incomplete: " + message);
            }
            return decoded;
        } catch (WireException e) {
            throw new AssertionError(message.toString(), e);
        }
    }

    /** What the future says in a packet besides what we would. */
    private List<Message> parts(SimNode from, SimNode to, Message message) {
        List<Message> parts =
                new ArrayList<>(message instanceof Message.Compound compound ? compound.parts() : List.of(message));
        Member known = from.sees(to.name());
        if (known != null && Trailer.decode(known.meta()).capabilities().contains(Capability.EXTENSION_FRAMES)) {
            parts.addAll(LATER_FRAMES);
            framesSent += LATER_FRAMES.size();
        }
        if (poison != null) {
            parts.add(poison);
        }
        return parts;
    }

    private byte[] later(List<Message> parts, boolean checksum) {
        ByteBuffer lengths = ByteBuffer.allocate(2 + 2 * parts.size());
        lengths.put((byte) COMPOUND).put((byte) parts.size());
        ByteBuffer bodies = ByteBuffer.allocate(1 << 16);
        for (Message part : parts) {
            byte[] body = writer.encode(part, false);
            if (!(part instanceof Message.Extension)) {
                body = withLaterField(body, body[0] == USER ? 2 : 1);
            }
            lengths.putShort((short) body.length);
            bodies.put(body);
        }
        int head = checksum ? CHECKSUM_HEADER : 0;
        ByteBuffer packet = ByteBuffer.allocate(head + lengths.capacity() + bodies.position());
        packet.position(head).put(lengths.flip()).put(bodies.flip());
        if (checksum) {
            CRC32 crc = new CRC32();
            crc.update(packet.array(), head, packet.capacity() - head);
            packet.position(0).put((byte) CHECKSUM).putInt((int) crc.getValue());
        }
        return packet.array();
    }

    /** The same message with one more entry in the map that begins there. */
    private static byte[] withLaterField(byte[] message, int map) {
        check((message[map] & 0xF0) == 0x80 && message[map] != (byte) 0x8F, "no short map: " + message[map]);
        byte[] more = new byte[message.length + LATER_FIELD.length];
        System.arraycopy(message, 0, more, 0, map + 1);
        more[map]++;
        System.arraycopy(LATER_FIELD, 0, more, map + 1, LATER_FIELD.length);
        System.arraycopy(message, map + 1, more, map + 1 + LATER_FIELD.length, message.length - map - 1);
        return more;
    }

    private static boolean hasFrame(Message message) {
        return message instanceof Message.Extension
                || (message instanceof Message.Compound compound
                        && compound.parts().stream().anyMatch(Generations::hasFrame));
    }

    private static void check(boolean holds, String complaint) {
        if (!holds) {
            throw new AssertionError(complaint);
        }
    }
}
