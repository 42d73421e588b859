package dev.hearsay.wire;

import dev.hearsay.core.Message;
import dev.hearsay.core.Sizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * Packets (UDP): bytes to messages and back. The layers, from inside out, are those of memberlist:
 *
 * <pre>
 *   message - compound - compression - checksum - encryption - label
 * </pre>
 *
 * <p>On the way out a packet passes them from left to right, on the way in from right to left. {@link WireConfig} says which
 * are there. Compression is understood in any case, also of single parts of a compound.
 *
 * <p>Not thread-safe: one codec per event loop. Every drop is counted once, in the counters handed to the constructor.
 */
public final class PacketCodec {
    static final int CHECKSUM_HEADER = 5;
    private static final int PIECE_BYTES = 4096;

    private final Sizes sizes = new MemberlistSizes();
    private final MessageCodec messages;
    private final CRC32 crc = new CRC32();
    private final Compressor compressor = new Compressor();
    private final Decompressor decompressor = new Decompressor();
    private final Encryption encryption;
    private final Supplier<WireConfig> configs;
    private final DropCounters drops;

    /** In force for the packet at hand. */
    private WireConfig config = WireConfig.PLAIN;

    /** What the packet at hand was before it was encrypted. */
    private byte[] decrypted = {};

    private boolean authenticated;

    /** What a compressed part expanded to, and how much more of the packet at hand may. */
    private byte[] expanded = new byte[PIECE_BYTES];

    private int expandable;

    /** How many more parts of compounds the packet at hand may have. */
    private int partsLeft;

    /** Makes a codec without encryption and label, which counts what it drops there. */
    public PacketCodec(DropCounters drops) {
        this(() -> WireConfig.PLAIN, drops);
    }

    /**
     * Makes a codec.
     *
     * @param configs asked for each packet, so that keys can change while a node runs
     * @param drops where it counts what it drops
     */
    public PacketCodec(Supplier<WireConfig> configs, DropCounters drops) {
        this(configs, drops, new Encryption());
    }

    PacketCodec(Supplier<WireConfig> configs, DropCounters drops, Encryption encryption) {
        this.configs = configs;
        this.messages = new MessageCodec(drops);
        this.drops = drops;
        this.encryption = encryption;
    }

    /**
     * A packet with this message. One that carries news has a checksum: what is believed and repeated must not be the
     * work of a flipped bit. A bare ping, indirect ping, ack or nack has none, as in memberlist.
     *
     * @throws IllegalArgumentException if a compound has more than {@link Limits#PARTS_SENT} parts, nests deeper than
     *     {@link Limits#COMPOUND_DEPTH}, or has a part of more than 65,535 bytes
     */
    public byte[] encode(Message message) {
        return encode(message, carriesNews(message));
    }

    /** The same, with the choice of a checksum made by the caller. Receivers take both. */
    public byte[] encode(Message message, boolean checksum) {
        config = configs.get();
        int missing = checksum ? 0 : CHECKSUM_HEADER;
        byte[] packet = new byte[sizes.of(message) + config.packetOverhead() - missing];
        int length = wrap(message, checksum, packet, 0);
        return length == packet.length ? packet : Arrays.copyOf(packet, length);
    }

    /**
     * Writes the packet into the target, beginning at the offset, and allocates nothing that lasts.
     *
     * @return the number of bytes written, at most {@code sizes.of(message) + sizes.packetOverhead()}
     * @throws ArrayIndexOutOfBoundsException if the target is too small
     */
    public int encode(Message message, byte[] target, int offset) {
        config = configs.get();
        return wrap(message, carriesNews(message), target, offset);
    }

    /** The layers from inside out, in one array: first their places, from outside in, then their contents. */
    private int wrap(Message message, boolean checksum, byte[] target, int offset) {
        Keyring keyring = config.encrypting();
        int encrypted = LabelHeader.write(config, target, offset);
        int sealed = encrypted + (keyring == null ? 0 : Encryption.HEAD);
        int content = sealed + (checksum ? CHECKSUM_HEADER : 0);
        RawWriter out = new RawWriter(target, content);
        writeParts(message, out, 1);
        int end = out.position();
        if (config.compress()) {
            end = compressor.shorten(target, content, end);
        }
        if (checksum) {
            seal(target, sealed, end);
        }
        if (keyring != null) {
            end = encryption.encrypt(keyring, target, encrypted, end, 0, config.labelBytes());
        }
        return end - offset;
    }

    /** Whether a packet with that message has a checksum. */
    static boolean carriesNews(Message message) {
        return !(message instanceof Message.Ping
                || message instanceof Message.IndirectPing
                || message instanceof Message.Ack
                || message instanceof Message.Nack);
    }

    private static void writeParts(Message message, RawWriter out, int depth) {
        if (!(message instanceof Message.Compound compound)) {
            MessageCodec.write(message, out);
            return;
        }
        List<Message> parts = compound.parts();
        if (parts.size() > Limits.PARTS_SENT || depth > Limits.COMPOUND_DEPTH) {
            throw new IllegalArgumentException("compound of " + parts.size() + " parts at depth " + depth
                    + ": must be at most " + Limits.PARTS_SENT + " parts, " + Limits.COMPOUND_DEPTH + " deep");
        }
        out.octet(Kind.COMPOUND);
        out.octet(parts.size());
        int lengthAt = out.position();
        out.reserve(2 * parts.size());
        for (Message part : parts) {
            int start = out.position();
            writeParts(part, out, depth + 1);
            int length = out.position() - start;
            if (length > 0xFFFF) {
                throw new IllegalArgumentException(
                        "part of a compound has " + length + " bytes: must be at most 65535");
            }
            out.u16At(lengthAt, length);
            lengthAt += 2;
        }
    }

    private void seal(byte[] target, int from, int to) {
        RawWriter header = new RawWriter(target, from);
        header.octet(Kind.CHECKSUM);
        header.u32At(from + 1, checksum(target, from + CHECKSUM_HEADER, to));
    }

    /**
     * The message in a packet.
     *
     * <p>A compound keeps the parts that can be understood, perhaps none; the others are counted. Nothing of the packet
     * array is kept.
     *
     * @throws WireException if nothing of the packet can be understood
     * @throws IndexOutOfBoundsException if offset and length do not lie inside the array
     */
    public Message decode(byte[] packet, int offset, int length) throws WireException {
        Objects.checkFromIndexSize(offset, length, packet.length);
        config = configs.get();
        expandable = Limits.PACKET_EXPANDED_BYTES;
        partsLeft = Limits.PACKET_PARTS;
        authenticated = false;
        try {
            return unlabel(packet, offset, offset + length);
        } catch (WireException e) {
            drops.count(e.reason());
            throw e;
        }
    }

    /** Whether the packet decoded last was encrypted with one of our keys, so that its sender belongs to the cluster. */
    public boolean authenticated() {
        return authenticated;
    }

    private Message unlabel(byte[] packet, int from, int to) throws WireException {
        refuseEmpty(from, to);
        int header = LabelHeader.check(config, packet, from, to);
        if (header < 0) {
            throw new WireException(DropReason.TRUNCATED, "the packet ends inside its label");
        }
        return decrypt(packet, from + header, to);
    }

    private Message decrypt(byte[] packet, int from, int to) throws WireException {
        Keyring keyring = config.keyring();
        if (keyring != null && Encryption.possible(packet, from, to)) {
            decrypted = decrypted.length < to - from ? new byte[to - from] : decrypted;
            int length = encryption.decrypt(keyring, packet, from, to, 0, config.labelBytes(), decrypted);
            if (length != Encryption.NO_KEY_FITS) {
                authenticated = true;
                return verify(decrypted, 0, length);
            }
        }
        if (looksEncrypted(packet, from, to)) {
            throw keyring == null
                    ? new WireException(
                            DropReason.ENCRYPTED, "the sender encrypts, and encryption is not configured here")
                    : new WireException(DropReason.NOT_DECRYPTED, Encryption.NO_KEY_FITS_TEXT);
        }
        if (keyring != null && config.verifyIncoming()) {
            throw new WireException(
                    DropReason.NOT_ENCRYPTED, "encryption is configured here, but the sender does not encrypt");
        }
        return verify(packet, from, to);
    }

    private Message verify(byte[] packet, int from, int to) throws WireException {
        if (kind(packet, from, to) != Kind.CHECKSUM) {
            return decompress(packet, from, to, 1);
        }
        int content = from + CHECKSUM_HEADER;
        if (content > to) {
            throw new WireException(DropReason.TRUNCATED, "the packet ends inside its checksum");
        }
        if ((int) RawReader.unsigned(packet, from + 1, 4) != checksum(packet, content, to)) {
            throw new WireException(DropReason.CHECKSUM, "the checksum does not match");
        }
        return decompress(packet, content, to, 1);
    }

    private Message decompress(byte[] packet, int from, int to, int depth) throws WireException {
        // Inside of what was expanded the innermost layer refuses compression: once is all that memberlist does.
        if (kind(packet, from, to) != Kind.COMPRESS || packet == expanded) {
            return readParts(packet, from, to, depth);
        }
        int length = expand(packet, from + 1, to);
        return readParts(expanded, 0, length, depth);
    }

    private int expand(byte[] packet, int from, int to) throws WireException {
        int compressed = decompressor.begin(packet, from, to);
        int total = 0;
        int length;
        do {
            if (total == expanded.length) {
                // One byte more than is allowed is room enough to notice it.
                expanded = Arrays.copyOf(expanded, Math.min(2 * total, Limits.PACKET_EXPANDED_BYTES + 1));
            }
            // In pieces: what a broken part expanded to before it broke has been paid for, all but the last piece.
            length = decompressor.read(expanded, total, Math.min(expanded.length, total + PIECE_BYTES));
            total += length;
            expandable -= length;
            if (expandable < 0) {
                throw new WireException(
                        DropReason.BOMB,
                        compressed + " compressed bytes make the packet expand to more than "
                                + Limits.PACKET_EXPANDED_BYTES);
            }
        } while (length > 0);
        return total;
    }

    private Message readParts(byte[] packet, int from, int to, int depth) throws WireException {
        if (kind(packet, from, to) != Kind.COMPOUND || depth > Limits.COMPOUND_DEPTH) {
            return messages.read(packet, from, to, config.serf());
        }
        int count = to - from < 2 ? 0 : packet[from + 1] & 0xFF;
        int start = from + 2 + 2 * count;
        if (start > to) {
            throw new WireException(DropReason.TRUNCATED, "the packet ends inside the lengths of a compound");
        }
        List<Message> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (partsLeft == 0) {
                drops.count(DropReason.TOO_LONG);
                break;
            }
            partsLeft--;
            int end = start + (int) RawReader.unsigned(packet, from + 2 + 2 * i, 2);
            if (end > to) {
                drops.count(DropReason.COMPOUND_CUT);
                break;
            }
            try {
                parts.add(decompress(packet, start, end, depth + 1));
            } catch (WireException e) {
                // One bad part is no reason to lose its siblings, which may come from other senders.
                drops.count(e.reason());
            }
            start = end;
        }
        return new Message.Compound(parts);
    }

    private static int kind(byte[] packet, int from, int to) throws WireException {
        refuseEmpty(from, to);
        return packet[from] & 0xFF;
    }

    private static void refuseEmpty(int from, int to) throws WireException {
        if (from >= to) {
            throw new WireException(DropReason.EMPTY, "no message kind: there are no bytes");
        }
    }

    /**
     * An encrypted packet begins with its encryption version, 0 or 1, which is also the kind of a ping and an indirect
     * ping. Those go on with a map; a random nonce looks like one about once in fourteen times, and then hardly ever makes sense.
     */
    private static boolean looksEncrypted(byte[] packet, int from, int to) {
        if (!Encryption.possible(packet, from, to)) {
            return false;
        }
        int head = packet[from + 1] & 0xFF;
        return head < 0x80 || (head > 0x8F && head != 0xDE && head != 0xDF);
    }

    private int checksum(byte[] source, int from, int to) {
        crc.reset();
        crc.update(source, from, to - from);
        return (int) crc.getValue();
    }
}
