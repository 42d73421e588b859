package dev.hearsay.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.state.Entry;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What messages take on the wire of memberlist, exactly, by arithmetic: it encodes nothing and allocates nothing. It
 * also runs in a browser, where the simulator needs it. Any thread may use it.
 */
public final class MemberlistSizes implements Sizes {
    /** A kind byte and the header of a map with less than 16 entries. */
    private static final int HEAD = 2;

    private static final int BOOL = 1;
    private static final int NIL = 1;
    private static final int VERSIONS = 7;

    private static final int PING = HEAD + Field.NODE.size() + Field.SEQUENCE.size();
    private static final int INDIRECT_PING = PING + Field.NACK.size() + BOOL + Field.PORT.size() + Field.TARGET.size();
    private static final int ACK = HEAD + Field.PAYLOAD.size() + Field.SEQUENCE.size();
    private static final int NACK = HEAD + Field.SEQUENCE.size();
    private static final int ACCUSATION = HEAD + Field.FROM.size() + Field.INCARNATION.size() + Field.NODE.size();
    private static final int ALIVE = HEAD
            + Field.ADDR.size()
            + Field.INCARNATION.size()
            + Field.META.size()
            + Field.NODE.size()
            + Field.PORT.size()
            + Field.VERSIONS.size()
            + VERSIONS;
    /** Memberlist's kind byte and ours, version, kind. */
    private static final int EXTENSION = 4;

    /** Without memberlist's kind byte; the map's header is one byte. */
    private static final int GUARD = EXTENSION - 1 + 1 + Field.INCARNATION.size() + Field.NODE.size();

    /** Likewise; each of the two sums has eight bytes and a header of one. */
    private static final int DIGEST = EXTENSION
            + Field.EVENT_TIME.size()
            + Field.TIME.size()
            + Field.PARTS.size()
            + Field.QUERY_TIME.size()
            + Field.EVENTS.size()
            + Field.SUM.size()
            + 2 * (1 + Long.BYTES);

    private static final int DELTA = EXTENSION + Field.PARTS.size();

    private static final int PUSH_PULL =
            HEAD + Field.JOIN.size() + BOOL + Field.NODES.size() + Field.USER_STATE_LENGTH.size();
    /** Like {@code alive}, without a kind byte, with "Name" for "Node" and a state of one byte. */
    private static final int CLAIM = ALIVE - 1 + Field.STATE.size() + 1;

    private static final int REFUSAL = HEAD + Field.ERROR.size();
    private static final int STREAM_USER = HEAD + Field.USER_MESSAGE_LENGTH.size();

    private final Supplier<WireConfig> configs;

    /** Sizes without encryption and label. */
    public MemberlistSizes() {
        this(() -> WireConfig.PLAIN);
    }

    /** Sizes with the layers of that configuration, which is asked for each packet. */
    public MemberlistSizes(Supplier<WireConfig> configs) {
        this.configs = configs;
    }

    @Override
    public int of(Message message) {
        if (message instanceof Message.Ping ping) {
            return ping(ping);
        } else if (message instanceof Message.Ack ack) {
            return ACK + sequence(ack.sequence()) + coordinate(ack.coordinate());
        } else if (message instanceof Message.Compound compound) {
            int total = perCompound();
            for (Message part : compound.parts()) {
                total += perPart() + of(part);
            }
            return total;
        } else if (message instanceof Message.Alive alive) {
            return ALIVE + member(alive.node(), alive.incarnation(), alive.address(), alive.meta());
        } else if (message instanceof Message.Suspect suspect) {
            return accusation(suspect, suspect.accuser());
        } else if (message instanceof Message.Dead dead) {
            return accusation(dead, dead.accuser());
        } else if (message instanceof Message.IndirectPing request) {
            return indirectPing(request);
        } else if (message instanceof Message.Nack nack) {
            return NACK + sequence(nack.sequence());
        } else if (message instanceof Message.Upper upper) {
            return 1 + SerfSizes.of(upper);
        }
        throw new IllegalArgumentException(message.getClass() + " has no encoding");
    }

    @Override
    public int packet(Message message) {
        int checksum = PacketCodec.carriesNews(message) ? 0 : PacketCodec.CHECKSUM_HEADER;
        return of(message) + packetOverhead() - checksum;
    }

    /** What encryption and the label add, and the checksum header, which a packet has or has not. */
    @Override
    public int packetOverhead() {
        return configs.get().packetOverhead();
    }

    /** Its length. */
    @Override
    public int perPart() {
        return 2;
    }

    /** The kind byte and the number of parts. */
    @Override
    public int perCompound() {
        return 2;
    }

    @Override
    public int entry(Entry entry) {
        return StateCodec.size(entry);
    }

    @Override
    public long of(StreamMessage message) {
        if (message instanceof StreamMessage.PushPull state) {
            return pushPull(state);
        } else if (message instanceof StreamMessage.StreamPing ping) {
            return ping(ping.ping());
        } else if (message instanceof StreamMessage.StreamAck ack) {
            return (long) ACK + sequence(ack.sequence()) + NIL;
        } else if (message instanceof StreamMessage.StreamUser user) {
            return userMessage(of(user.message()) - 1);
        } else if (message instanceof StreamMessage.Guard guard) {
            return userMessage(guardFrame(guard));
        } else if (message instanceof StreamMessage.Digest digest) {
            return userMessage(digestFrame(digest));
        } else if (message instanceof StreamMessage.Delta delta) {
            return userMessage(deltaFrame(delta)) + pushPull(delta.content());
        } else if (message instanceof StreamMessage.StateExchange state) {
            return userMessage(of(new Message.State(state.frame())) - 1);
        } else if (message instanceof StreamMessage.Refusal refusal) {
            return (long) REFUSAL + text(refusal.reason());
        }
        throw new IllegalArgumentException(message.getClass() + " has no encoding");
    }

    /** Bytes of a guard behind the header of its user message: an extension frame without memberlist's kind, and a map. */
    static int guardFrame(StreamMessage.Guard guard) {
        return GUARD + number(guard.incarnation()) + text(guard.node());
    }

    /** The same of a digest. */
    static int digestFrame(StreamMessage.Digest digest) {
        return DIGEST
                + number(digest.time())
                + number(digest.eventTime())
                + number(digest.queryTime())
                + bytes(digest.parts());
    }

    /** The same of a delta, without the push/pull that follows. */
    static int deltaFrame(StreamMessage.Delta delta) {
        return DELTA + bytes(delta.parts());
    }

    private static long userMessage(int length) {
        return (long) STREAM_USER + number(length) + length;
    }

    private static long pushPull(StreamMessage.PushPull state) {
        List<Claim> claims = state.claims();
        long userState = upper(state.upper());
        long total = userState + PUSH_PULL + number(claims.size()) + number(userState);
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            total += CLAIM + member(claim.node(), claim.incarnation(), claim.address(), claim.meta());
        }
        return total;
    }

    private static long upper(StreamMessage.@Nullable UpperState upper) {
        if (upper instanceof StreamMessage.SerfState intents) {
            return SerfStateCodec.size(intents, SerfStateCodec.EVENT_PLACES);
        }
        return upper instanceof StreamMessage.UserState user ? user.content().length() : 0;
    }

    private static int ping(Message.Ping ping) {
        return PING + text(ping.target()) + sequence(ping.sequence()) + source(ping.source(), ping.sourceAddress());
    }

    private static int indirectPing(Message.IndirectPing request) {
        return INDIRECT_PING
                + text(request.target())
                + sequence(request.sequence())
                + ip(request.targetAddress())
                + number(request.targetAddress().port())
                + source(request.source(), request.sourceAddress());
    }

    private static int accusation(Message.News news, String accuser) {
        return ACCUSATION + text(accuser) + number(news.incarnation()) + text(news.node());
    }

    private static int member(String name, long incarnation, Address address, Bytes meta) {
        return text(name) + number(incarnation) + ip(address) + number(address.port()) + bytes(meta);
    }

    private static int source(String source, @Nullable Address address) {
        int total = source.isEmpty() ? 0 : Field.SOURCE_NODE.size() + text(source);
        if (address != null) {
            total += Field.SOURCE_ADDR.size() + ip(address);
            total += address.port() == 0 ? 0 : Field.SOURCE_PORT.size() + number(address.port());
        }
        return total;
    }

    private static int coordinate(@Nullable Coordinate coordinate) {
        return coordinate == null ? NIL : raw(CoordinateCodec.size(coordinate));
    }

    static int sequence(int sequence) {
        return number(Integer.toUnsignedLong(sequence));
    }

    static int number(long value) {
        if (value >>> 32 != 0) {
            return 9;
        }
        if (value >>> 16 != 0) {
            return 5;
        }
        return value < 0x80 ? 1 : value < 0x100 ? 2 : 3;
    }

    static int ip(Address address) {
        return 1 + address.ipLength();
    }

    static int text(String text) {
        return raw(Utf8.length(text));
    }

    static int bytes(Bytes bytes) {
        return raw(bytes.length());
    }

    /** A byte string of that length, header included. Nil and an empty string take one byte, both. */
    static int raw(int length) {
        return length + (length < 32 ? 1 : length < 0x10000 ? 3 : 5);
    }

    static int container(int count) {
        return count < 16 ? 1 : count < 0x10000 ? 3 : 5;
    }
}
