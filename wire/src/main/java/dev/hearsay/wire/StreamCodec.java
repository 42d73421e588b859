package dev.hearsay.wire;

import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.membership.Claim;
import java.util.List;
import java.util.function.Supplier;

/**
 * Streams (TCP): messages to bytes, and the decoders for the way back. The layers, from inside out:
 *
 * <pre>
 *   message - compression - encryption - label
 * </pre>
 *
 * <p>The label's header stands only in front of what the opener of a stream sends.
 *
 * <p>Not thread-safe: one codec per event loop. Its decoders belong to the same loop.
 */
public final class StreamCodec {
    /** The kind and the length in front of an encrypted message. */
    static final int FRAME_HEADER = 5;

    private static final MemberlistSizes SIZES = new MemberlistSizes();

    private final Supplier<WireConfig> configs;
    private final DropCounters drops;
    private final Encryption encryption;

    /**
     * Makes a codec.
     *
     * @param configs asked for each message and each new decoder, so that keys can change while a node runs
     * @param drops where its decoders count what they drop
     */
    public StreamCodec(Supplier<WireConfig> configs, DropCounters drops) {
        this(configs, drops, new Encryption());
    }

    StreamCodec(Supplier<WireConfig> configs, DropCounters drops, Encryption encryption) {
        this.configs = configs;
        this.drops = drops;
        this.encryption = encryption;
    }

    /**
     * All bytes of the message, from the opener of a stream.
     *
     * @throws ArithmeticException if they are 2 GiB or more
     */
    public byte[] request(StreamMessage message) {
        return wrap(encode(message), true);
    }

    /**
     * All bytes of the message, from the side that accepted the stream.
     *
     * @throws ArithmeticException if they are 2 GiB or more
     */
    public byte[] reply(StreamMessage message) {
        return wrap(encode(message), false);
    }

    /** A decoder for the request on one stream that was accepted. */
    public StreamDecoder requestDecoder() {
        return new StreamDecoder(configs.get(), true, encryption, drops);
    }

    /** A decoder for the reply on one stream that was opened. */
    public StreamDecoder replyDecoder() {
        return new StreamDecoder(configs.get(), false, encryption, drops);
    }

    /** Puts the layers around a message: the one place that knows their order. */
    byte[] wrap(byte[] message, boolean opener) {
        WireConfig config = configs.get();
        return label(config, opener, encrypt(config, compress(config, message)));
    }

    /** Always, even if it gets longer, as memberlist does with streams. */
    private static byte[] compress(WireConfig config, byte[] message) {
        return config.compress() ? new Compressor().compress(message) : message;
    }

    private byte[] encrypt(WireConfig config, byte[] content) {
        Keyring keyring = config.encrypting();
        if (keyring == null) {
            return content;
        }
        byte[] bytes = new byte[Math.addExact(FRAME_HEADER + Encryption.OVERHEAD, content.length)];
        RawWriter header = new RawWriter(bytes, 0);
        header.octet(Kind.ENCRYPT);
        header.u32At(header.position(), bytes.length - FRAME_HEADER);
        int plain = FRAME_HEADER + Encryption.HEAD;
        System.arraycopy(content, 0, bytes, plain, content.length);
        encryption.encrypt(keyring, bytes, FRAME_HEADER, plain + content.length, FRAME_HEADER, config.labelBytes());
        return bytes;
    }

    private static byte[] label(WireConfig config, boolean opener, byte[] content) {
        int header = opener ? LabelHeader.size(config) : 0;
        if (header == 0) {
            return content;
        }
        byte[] bytes = new byte[Math.addExact(header, content.length)];
        System.arraycopy(content, 0, bytes, LabelHeader.write(config, bytes, 0), content.length);
        return bytes;
    }

    /**
     * The bytes of the message alone, without any layer. Any thread.
     *
     * @throws ArithmeticException if they are 2 GiB or more
     */
    public static byte[] encode(StreamMessage message) {
        return encode(message, SIZES.of(message), SerfStateCodec.EVENT_PLACES);
    }

    /** The same, of known size, with that many empty places for events: as many as Serf sends make Serf's bytes. */
    static byte[] encode(StreamMessage message, long size, int eventPlaces) {
        byte[] bytes = new byte[Math.toIntExact(size)];
        RawWriter out = new RawWriter(bytes, 0);
        if (message instanceof StreamMessage.PushPull state) {
            pushPull(state, eventPlaces, out);
        } else if (message instanceof StreamMessage.StreamPing ping) {
            MessageCodec.ping(ping.ping(), out);
        } else if (message instanceof StreamMessage.StreamAck ack) {
            MessageCodec.ack(ack.sequence(), null, out);
        } else if (message instanceof StreamMessage.StreamUser user) {
            user(user, out);
        } else if (message instanceof StreamMessage.StateExchange state) {
            user(new StreamMessage.StreamUser(new Message.State(state.frame())), out);
        } else if (message instanceof StreamMessage.Guard guard) {
            guard(guard, out);
        } else if (message instanceof StreamMessage.Digest digest) {
            digest(digest, out);
        } else if (message instanceof StreamMessage.Delta delta) {
            frame(Kind.EXTENSION_DELTA, MemberlistSizes.deltaFrame(delta), 1, out);
            out.key(Field.PARTS);
            out.bytes(delta.parts());
            pushPull(delta.content(), eventPlaces, out);
        } else {
            out.octet(Kind.REFUSAL);
            out.map(1);
            out.key(Field.ERROR);
            out.text(((StreamMessage.Refusal) message).reason());
        }
        return bytes;
    }

    /** The message is the one of a packet; its kind comes first and its length, unlike there, behind it. */
    private static void user(StreamMessage.StreamUser user, RawWriter out) {
        userHeader(SIZES.of(user.message()) - 1, out);
        SerfCodec.write(user.message(), out);
    }

    private static void userHeader(int length, RawWriter out) {
        out.octet(Kind.USER);
        out.map(1);
        out.key(Field.USER_MESSAGE_LENGTH);
        out.number(length);
    }

    private static void guard(StreamMessage.Guard guard, RawWriter out) {
        frame(Kind.EXTENSION_GUARD, MemberlistSizes.guardFrame(guard), 2, out);
        out.key(Field.INCARNATION);
        out.number(guard.incarnation());
        out.key(Field.NODE);
        out.text(guard.node());
    }

    private static void digest(StreamMessage.Digest digest, RawWriter out) {
        frame(Kind.EXTENSION_DIGEST, MemberlistSizes.digestFrame(digest), 6, out);
        out.key(Field.EVENT_TIME);
        out.number(digest.eventTime());
        out.key(Field.EVENTS);
        out.u64(digest.events());
        out.key(Field.TIME);
        out.number(digest.time());
        out.key(Field.PARTS);
        out.bytes(digest.parts());
        out.key(Field.QUERY_TIME);
        out.number(digest.queryTime());
        out.key(Field.SUM);
        out.u64(digest.sum());
    }

    /** A user message that is an extension frame of so many bytes, as far as the entries of its map. */
    private static void frame(int kind, int length, int entries, RawWriter out) {
        userHeader(length, out);
        out.octet(Kind.HEARSAY);
        out.octet(Kind.EXTENSION_VERSION);
        out.octet(kind);
        out.map(entries);
    }

    private static void pushPull(StreamMessage.PushPull state, int eventPlaces, RawWriter out) {
        List<Claim> claims = state.claims();
        StreamMessage.UpperState upper = state.upper();
        long upperLength = upper instanceof StreamMessage.SerfState intents
                ? SerfStateCodec.size(intents, eventPlaces)
                : upper instanceof StreamMessage.UserState user ? user.content().length() : 0;
        out.octet(Kind.PUSH_PULL);
        out.map(3);
        out.key(Field.JOIN);
        out.bool(state.join());
        out.key(Field.NODES);
        out.number(claims.size());
        out.key(Field.USER_STATE_LENGTH);
        out.number(upperLength);
        for (Claim claim : claims) {
            claim(claim, out);
        }
        if (upper instanceof StreamMessage.SerfState intents) {
            SerfStateCodec.write(intents, eventPlaces, out);
        } else if (upper instanceof StreamMessage.UserState user) {
            out.octets(user.content());
        }
    }

    private static void claim(Claim claim, RawWriter out) {
        out.map(7);
        out.key(Field.ADDR);
        out.ip(claim.address());
        out.key(Field.INCARNATION);
        out.number(claim.incarnation());
        out.key(Field.META);
        out.bytes(claim.meta());
        out.key(Field.NAME);
        out.text(claim.node());
        out.key(Field.PORT);
        out.number(claim.address().port());
        out.key(Field.STATE);
        out.number(ClaimStates.number(claim.state()));
        out.key(Field.VERSIONS);
        out.versions(claim.versions());
    }
}
