package dev.hearsay.fuzz;

import dev.hearsay.wire.Envelope;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.WireConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * Holds the bytes that a node sends against what the oldest releases of memberlist read without harm (0.2.2): a checksum
 * over nothing, and protocol versions of one to five entries, end their process; of 128 parts and more in a compound they
 * read others than were sent; the newer forms of strings they refuse. A reader of its own, independent of the codecs: the
 * layers by hand and by the JDK, msgpack by its library; only LZW, which has its own checks, is ours.
 *
 * <p>Each method throws an {@link AssertionError} that says what is wrong.
 */
public final class SentChecker {
    private static final int LARGEST_DATAGRAM = 65_507;
    private static final int MOST_PARTS = 127;
    private static final int NONCE = 12;
    private static final int FRAME = 5;

    private static final int PING = 0;
    private static final int INDIRECT_PING = 1;
    private static final int ACK = 2;
    private static final int SUSPECT = 3;
    private static final int ALIVE = 4;
    private static final int DEAD = 5;
    private static final int PUSH_PULL = 6;
    private static final int COMPOUND = 7;
    private static final int USER = 8;
    private static final int COMPRESSED = 9;
    private static final int ENCRYPTED = 10;
    private static final int NACK = 11;
    private static final int CHECKSUM = 12;
    private static final int REFUSAL = 13;
    private static final int LABEL = 0xF4;

    private final WireConfig config;

    /** For a node that is configured so. */
    public SentChecker(WireConfig config) {
        this.config = config;
    }

    /** A datagram that the node sent. */
    public void packet(byte[] packet) {
        require(packet.length <= LARGEST_DATAGRAM, "a datagram that is too long");
        byte[] content = decrypted(unlabelled(packet, true), 0);
        if (kind(content) == CHECKSUM) {
            require(content.length > FRAME, "a checksum over nothing");
            CRC32 crc = new CRC32();
            crc.update(content, FRAME, content.length - FRAME);
            require(ByteBuffer.wrap(content).getInt(1) == (int) crc.getValue(), "a wrong checksum");
            content = Arrays.copyOfRange(content, FRAME, content.length);
        }
        content = expanded(content);
        if (kind(content) == COMPOUND) {
            compound(content);
        } else {
            message(content);
        }
    }

    /** All bytes that the node sent on a stream. */
    public void stream(byte[] stream, boolean opener) {
        byte[] content = unlabelled(stream, opener);
        if (config.keyring() != null && config.verifyOutgoing()) {
            require(kind(content) == ENCRYPTED, "a stream that is not encrypted");
            require(
                    ByteBuffer.wrap(content).getInt(1) == content.length - FRAME,
                    "a wrong length of what is encrypted");
        }
        content = expanded(decrypted(content, FRAME));
        Tokens tokens = new Tokens(content);
        switch (kind(content)) {
            case PUSH_PULL -> pushPull(tokens, content.length);
            case PING, ACK, REFUSAL -> tokens.map();
            case USER -> {
                tokens.map();
                int end = tokens.position() + (int) tokens.number("UserMsgLen");
                if (delta(content, tokens.position()) && end < content.length) {
                    // Only sent to nodes of ours: a push/pull follows, which is like any other.
                    byte[] rest = Arrays.copyOfRange(content, end, content.length);
                    require(kind(rest) == PUSH_PULL, "a delta without a push/pull");
                    tokens = new Tokens(rest);
                    pushPull(tokens, rest.length);
                    require(tokens.position() == rest.length, "bytes behind a delta");
                    return;
                }
                require(end == content.length, "a wrong length of a message");
                return;
            }
            default -> throw new AssertionError("kind " + kind(content) + " in a stream");
        }
        require(tokens.position() == content.length, "bytes behind a message");
    }

    private static boolean delta(byte[] content, int at) {
        return content.length > at + 2 && content[at] == 0x48 && content[at + 1] == 1 && content[at + 2] == 3;
    }

    private byte[] unlabelled(byte[] bytes, boolean header) {
        byte[] label = config.label().toArray();
        if (!header || label.length == 0) {
            require(kind(bytes) != LABEL, "a label that nobody asked for");
            return bytes;
        }
        require(kind(bytes) == LABEL && bytes[1] == label.length, "no label, or one of another length");
        int end = 2 + label.length;
        require(Arrays.equals(label, Arrays.copyOfRange(bytes, 2, end)), "another label");
        return Arrays.copyOfRange(bytes, end, bytes.length);
    }

    private byte[] decrypted(byte[] bytes, int header) {
        GossipKey key = config.keyring() == null || !config.verifyOutgoing()
                ? null
                : config.keyring().keys().get(0);
        if (key == null) {
            return bytes;
        }
        require(bytes[header] == 1, "an encryption version other than 1");
        try {
            Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
            aes.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(Base64.getDecoder().decode(key.toBase64()), "AES"),
                    new GCMParameterSpec(128, bytes, header + 1, NONCE));
            aes.updateAAD(bytes, 0, header);
            aes.updateAAD(config.label().toArray());
            int from = header + 1 + NONCE;
            return aes.doFinal(bytes, from, bytes.length - from);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("not encrypted under the primary key", e);
        }
    }

    private static byte[] expanded(byte[] content) {
        return kind(content) == COMPRESSED ? Envelope.expanded(content) : content;
    }

    private static void compound(byte[] content) {
        int parts = content[1] & 0xFF;
        require(parts >= 1 && parts <= MOST_PARTS, "a compound of none, or of too many parts");
        int at = 2 + 2 * parts;
        for (int i = 0; i < parts; i++) {
            int length = ByteBuffer.wrap(content).getShort(2 + 2 * i) & 0xFFFF;
            require(at + length <= content.length, "a part longer than its compound");
            message(Arrays.copyOfRange(content, at, at + length));
            at += length;
        }
        require(at == content.length, "bytes behind a compound");
    }

    private static void message(byte[] content) {
        int kind = kind(content);
        switch (kind) {
            case PING, INDIRECT_PING, ACK, SUSPECT, ALIVE, DEAD, NACK -> {
                Tokens tokens = new Tokens(content);
                tokens.map();
                require(tokens.position() == content.length, "bytes behind a message");
                require(kind != ALIVE || tokens.versions, "an alive without versions");
            }
            case USER -> {
                // The bytes behind it are the layer's above, even none.
            }
            default -> throw new AssertionError("kind " + kind + " in a packet");
        }
    }

    private static void pushPull(Tokens tokens, int length) {
        tokens.map();
        long claims = tokens.number("Nodes");
        long state = tokens.number("UserStateLen");
        for (long i = 0; i < claims; i++) {
            tokens.versions = false;
            tokens.map();
            require(tokens.versions, "a member without versions");
        }
        require(length - tokens.position() == state, "a state of another length");
        if (state > 0) {
            tokens.skip(1);
            tokens.map();
        }
    }

    private static int kind(byte[] content) {
        require(content.length > 0, "no bytes");
        return content[0] & 0xFF;
    }

    private static void require(boolean held, String otherwise) {
        if (!held) {
            throw new AssertionError(otherwise + ": old releases cannot read it");
        }
    }

    /** msgpack behind a kind byte, in the forms that old releases know. */
    private static final class Tokens {
        private final byte[] bytes;
        private final java.util.Map<String, Long> numbers = new java.util.HashMap<>();
        private int at = 1;
        boolean versions;

        Tokens(byte[] bytes) {
            this.bytes = bytes;
        }

        int position() {
            return at;
        }

        void skip(int count) {
            at += count;
        }

        /** The number last read under that key. */
        long number(String key) {
            return numbers.getOrDefault(key, 0L);
        }

        /** Reads one map, and what is in it. */
        void map() {
            try (MessageUnpacker in = MessagePack.newDefaultUnpacker(bytes, at, bytes.length - at)) {
                value(in, null);
                at += (int) in.getTotalReadBytes();
            } catch (IOException | RuntimeException e) {
                throw new AssertionError("not msgpack, at byte " + at, e);
            }
        }

        private void value(MessageUnpacker in, @Nullable String key) throws IOException {
            MessageFormat format = in.getNextFormat();
            switch (format) {
                case NIL, BOOLEAN -> in.skipValue();
                case POSFIXINT, UINT8, UINT16, UINT32, UINT64 -> {
                    long number = in.unpackLong();
                    if (key != null) {
                        numbers.put(key, number);
                    }
                }
                case FIXSTR, STR16, STR32 -> {
                    byte[] raw = in.readPayload(in.unpackRawStringHeader());
                    if ("Vsn".equals(key)) {
                        versions = true;
                        require(raw.length == 6, "versions that are not six entries");
                    }
                }
                case FIXARRAY, ARRAY16, ARRAY32 -> {
                    require(!"Vsn".equals(key), "versions as an array");
                    for (int i = in.unpackArrayHeader(); i > 0; i--) {
                        value(in, null);
                    }
                }
                case FIXMAP, MAP16, MAP32 -> {
                    for (int i = in.unpackMapHeader(); i > 0; i--) {
                        byte[] name = in.readPayload(in.unpackRawStringHeader());
                        value(in, new String(name, StandardCharsets.UTF_8));
                    }
                }
                default -> throw new AssertionError(format + " in msgpack: old releases cannot read it");
            }
        }
    }
}
