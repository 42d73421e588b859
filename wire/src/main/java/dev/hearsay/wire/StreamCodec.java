package dev.hearsay.wire;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.membership.Claim;
import java.util.List;

/**
 * Streams (TCP), on the way out: a {@link Kind} byte and msgpack objects, without any length in front. The way in is
 * {@link StreamDecoder}. Compression, encryption and the label, which go around the whole in this order, we do not send.
 */
public final class StreamCodec {
    private static final MemberlistSizes SIZES = new MemberlistSizes();

    private StreamCodec() {}

    /**
     * All bytes of the message. Any thread.
     *
     * @throws ArithmeticException if they are 2 GiB or more
     */
    public static byte[] encode(StreamMessage message) {
        return encode(message, SIZES.of(message), IntentStateCodec.EVENT_PLACES);
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
            MessageCodec.ack(ack.sequence(), Bytes.EMPTY, out);
        } else {
            out.octet(Kind.REFUSAL);
            out.map(1);
            out.key(Field.ERROR);
            out.text(((StreamMessage.Refusal) message).reason());
        }
        return bytes;
    }

    private static void pushPull(StreamMessage.PushPull state, int eventPlaces, RawWriter out) {
        List<Claim> claims = state.claims();
        StreamMessage.IntentState intents = state.intents();
        out.octet(Kind.PUSH_PULL);
        out.map(3);
        out.key(Field.JOIN);
        out.bool(state.join());
        out.key(Field.NODES);
        out.number(claims.size());
        out.key(Field.USER_STATE_LENGTH);
        out.number(intents == null ? 0 : MemberlistSizes.of(intents, eventPlaces));
        for (Claim claim : claims) {
            claim(claim, out);
        }
        if (intents != null) {
            IntentStateCodec.write(intents, eventPlaces, out);
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
