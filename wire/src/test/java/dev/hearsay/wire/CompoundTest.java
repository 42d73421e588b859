package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Compounds and checksums (wire specification, 2.4 and 2.5): what one bad part costs, and what nests in what. */
class CompoundTest {
    private static final byte[] DEAD = {Kind.DEAD, (byte) 0xC1};

    private final DropCounters drops = new DropCounters();
    private final PacketCodec codec = new PacketCodec(drops);

    @Test
    void a_cut_tail_costs_the_parts_that_are_cut_and_is_counted_once() throws WireException {
        byte[] packet = compound(nack(1), nack(2), nack(3), nack(4));
        int part = nack(1).length;
        Message read = codec.decode(packet, 0, packet.length - part - 1);
        assertEquals(new Message.Compound(List.of(new Message.Nack(1), new Message.Nack(2))), read);
        assertEquals("COMPOUND_CUT=1", drops.toString());
    }

    @Test
    void lengths_that_are_not_all_there_cost_the_packet() {
        byte[] packet = compound(nack(1), nack(2));
        assertEquals(DropReason.TRUNCATED, refusal(Arrays.copyOf(packet, 5)).reason());
    }

    @Test
    void a_malformed_part_does_not_cost_its_siblings() throws WireException {
        byte[] packet = compound(nack(1), DEAD, new byte[0], new byte[] {99}, nack(2));
        assertEquals(
                new Message.Compound(List.of(new Message.Nack(1), new Message.Nack(2))),
                codec.decode(packet, 0, packet.length));
        assertEquals("EMPTY=1 MALFORMED=1 UNKNOWN_KIND=1", drops.toString());
    }

    @Test
    void a_compound_of_nothing_but_bad_parts_is_an_empty_compound() throws WireException {
        byte[] packet = compound(DEAD, DEAD);
        assertEquals(new Message.Compound(List.of()), codec.decode(packet, 0, packet.length));
        assertEquals(2, drops.get(DropReason.MALFORMED));
    }

    @Test
    void a_packet_has_no_more_than_1024_parts_however_they_nest() throws WireException {
        byte[][] parts = new byte[100][];
        Arrays.fill(parts, nack(7));
        byte[][] compounds = new byte[20][];
        Arrays.fill(compounds, compound(parts));
        byte[] packet = compound(compounds);
        Message.Compound read = (Message.Compound) codec.decode(packet, 0, packet.length);
        int total = 0;
        for (Message part : read.parts()) {
            total += 1 + ((Message.Compound) part).parts().size();
        }
        assertEquals(Limits.PACKET_PARTS, total);
        assertEquals("TOO_LONG=2", drops.toString(), "once in the compound that is cut, once in the one around it");
    }

    @Test
    void parts_are_read_up_to_255_and_written_up_to_127() throws WireException {
        byte[][] parts = new byte[255][];
        Arrays.fill(parts, nack(7));
        byte[] packet = compound(parts);
        assertEquals(
                new Message.Compound(Collections.nCopies(255, new Message.Nack(7))),
                codec.decode(packet, 0, packet.length));
        codec.encode(new Message.Compound(Collections.nCopies(127, new Message.Nack(7))));
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> codec.encode(new Message.Compound(Collections.nCopies(128, new Message.Nack(7)))));
        assertTrue(refusal.getMessage().contains("128 parts"), refusal.getMessage());
    }

    @Test
    void a_compound_nests_in_a_compound_but_no_deeper() throws WireException {
        byte[] inner = compound(nack(1));
        byte[] nested = compound(inner, nack(2));
        Message expected =
                new Message.Compound(List.of(new Message.Compound(List.of(new Message.Nack(1))), new Message.Nack(2)));
        assertEquals(expected, codec.decode(nested, 0, nested.length));
        byte[] deeper = compound(nested, nack(3));
        assertEquals(
                new Message.Compound(List.of(new Message.Compound(List.of(new Message.Nack(2))), new Message.Nack(3))),
                codec.decode(deeper, 0, deeper.length));
        assertEquals("NESTED=1", drops.toString());
        Message tooDeep = new Message.Compound(List.of(new Message.Compound(List.of(new Message.Compound(List.of())))));
        assertThrows(IllegalArgumentException.class, () -> codec.encode(tooDeep));
    }

    @Test
    void a_checksum_goes_around_everything_and_into_nothing() throws WireException {
        byte[] sealed = codec.encode(new Message.Nack(1), true);
        byte[] packet = compound(sealed, nack(2));
        assertEquals(new Message.Compound(List.of(new Message.Nack(2))), codec.decode(packet, 0, packet.length));
        assertEquals(DropReason.NESTED, refusal(seal(sealed)).reason());
        assertEquals("NESTED=2", drops.toString());
    }

    @Test
    void later_layers_inside_a_compound_cost_that_part_only() throws WireException {
        byte[] packet = compound(new byte[] {Kind.ENCRYPT, 0}, new byte[] {(byte) Kind.LABEL, 1, 'x'}, nack(2));
        assertEquals(new Message.Compound(List.of(new Message.Nack(2))), codec.decode(packet, 0, packet.length));
        assertEquals("MISPLACED_KIND=2", drops.toString());
    }

    @Test
    void what_carries_news_is_sealed_and_what_only_asks_or_answers_is_not() {
        assertEquals(Kind.NACK, codec.encode(new Message.Nack(1))[0]);
        assertEquals(Kind.ACK, codec.encode(new Message.Ack(1, null))[0]);
        assertEquals(Kind.PING, codec.encode(new Message.Ping(1, "n", "", null))[0]);
        assertEquals(Kind.CHECKSUM, codec.encode(new Message.Suspect("n", 1, "m"))[0]);
        assertEquals(Kind.CHECKSUM, codec.encode(new Message.JoinIntent(1, "m"))[0]);
        assertEquals(Kind.CHECKSUM, codec.encode(new Message.Compound(List.of(new Message.Nack(1))))[0]);
    }

    @Test
    void a_part_of_64_kibibytes_cannot_be_announced_and_is_refused_to_send() {
        Message large = new Message.Compound(List.of(new Message.User(Bytes.of(new byte[0x10000]))));
        assertThrows(IllegalArgumentException.class, () -> codec.encode(large));
    }

    private WireException refusal(byte[] packet) {
        return assertThrows(WireException.class, () -> codec.decode(packet, 0, packet.length));
    }

    private byte[] nack(int sequence) {
        return codec.encode(new Message.Nack(sequence));
    }

    /** A compound built by hand, so that its parts may be anything. */
    static byte[] compound(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Kind.COMPOUND);
        out.write(parts.length);
        for (byte[] part : parts) {
            out.write(part.length >> 8);
            out.write(part.length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] seal(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        byte[] packet = new byte[content.length + 5];
        packet[0] = Kind.CHECKSUM;
        ByteBuffer.wrap(packet).putInt(1, (int) crc.getValue());
        System.arraycopy(content, 0, packet, 5, content.length);
        return packet;
    }
}
