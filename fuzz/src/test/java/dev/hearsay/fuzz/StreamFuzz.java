package dev.hearsay.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.DropReason;
import dev.hearsay.wire.Envelope;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.Limits;
import dev.hearsay.wire.StreamCodec;
import dev.hearsay.wire.StreamDecoder;
import dev.hearsay.wire.WireConfig;
import dev.hearsay.wire.WireException;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Streams: any bytes, cut anywhere, give a message, or a drop that is counted once, or a wait for more; the cuts change
 * nothing; memory is bounded; and what was understood can be said again.
 */
class StreamFuzz {
    /** Bytes allocated whatever the stream, and for each of its bytes, expanded ones included. */
    private static final long FREE_BYTES = 128 << 10;

    private static final int BYTES_PER_BYTE = 160;

    private static final int REPLY = 1;
    private static final int COMPRESSED = 2;
    private static final int ENCRYPTED = 4;
    private static final int LABELLED = 8;
    private static final int OLD_VERSION = 16;
    private static final int SECOND_KEY = 32;
    private static final int TWICE_COMPRESSED = 64;
    private static final int FOLLOWED_BY_MORE = 128;

    private static final IdentityHashMap<WireConfig, Codec> CODECS = new IdentityHashMap<>();

    static Stream<byte[]> captured() {
        return Seeds.streams().entrySet().stream()
                .map(vector -> Seeds.with(
                        vector.getValue(),
                        Configs.of(vector.getKey()),
                        vector.getKey().contains("reply") ? REPLY : 0,
                        7));
    }

    static Stream<byte[]> messages() {
        return Seeds.messages().stream()
                .flatMap(bytes -> Stream.of(
                        Seeds.with(bytes, 0, COMPRESSED, 200),
                        Seeds.with(bytes, 2, ENCRYPTED, 3),
                        Seeds.with(bytes, 5, COMPRESSED | ENCRYPTED | LABELLED | OLD_VERSION, 50)));
    }

    /** The first byte chooses the configuration, the second the direction, the third the cuts; the others are the stream. */
    @MethodSource("captured")
    @FuzzTest
    void bytes(byte[] bytes) {
        Input input = new Input(bytes);
        WireConfig config = Configs.ALL.get(input.choice(Configs.ALL.size()));
        boolean reply = (input.octet() & REPLY) != 0;
        check(config, reply, input.octet(), input.rest());
    }

    /** The same, with layers around the bytes that the second byte chooses: past the key. */
    @MethodSource("messages")
    @FuzzTest
    void layers(byte[] bytes) {
        Input input = new Input(bytes);
        WireConfig config = Configs.ALL.get(input.choice(Configs.ALL.size()));
        int layers = input.octet();
        int cuts = input.octet();
        check(config, (layers & REPLY) != 0, cuts, wrap(config, layers, input.rest()));
    }

    private static byte[] wrap(WireConfig config, int layers, byte[] content) {
        byte[] stream = content;
        for (int i = layers & (COMPRESSED | TWICE_COMPRESSED); i > 0; i &= i - 1) {
            stream = Envelope.compressed(stream);
        }
        Keyring ring = config.keyring();
        if ((layers & ENCRYPTED) != 0 && ring != null) {
            GossipKey key = ring.keys().get((layers & SECOND_KEY) != 0 ? 1 : 0);
            stream = Envelope.encryptedStream(config, key, (layers & OLD_VERSION) != 0, stream);
        }
        if ((layers & FOLLOWED_BY_MORE) != 0) {
            stream = Arrays.copyOf(stream, stream.length + 10);
        }
        return (layers & LABELLED) != 0 ? Envelope.labelled(config, stream) : stream;
    }

    /** What came of a stream: a message, or a reason, or neither yet. */
    private record Result(
            @Nullable StreamMessage message, @Nullable DropReason reason, Dropped dropped) {}

    /** A codec that lives as long as its process, as in production. */
    private record Codec(DropCounters drops, StreamCodec codec) {
        Codec(WireConfig config) {
            this(config, new DropCounters());
        }

        private Codec(WireConfig config, DropCounters drops) {
            this(drops, new StreamCodec(() -> config, drops));
        }
    }

    /** Checks what comes of those bytes; also used by targets that know more about what is in them. */
    static void check(WireConfig config, boolean reply, int cuts, byte[] stream) {
        Codec codec = CODECS.computeIfAbsent(config, Codec::new);
        Result[] result = new Result[1];
        long expanded = Allocation.expanded(stream.length);
        long most = Math.max(Limits.STREAM_EXPANDED_FREELY, (long) Limits.STREAM_EXPANSION * stream.length);
        long counted = stream.length + Math.min(expanded, most);
        Allocation.atMost(FREE_BYTES + BYTES_PER_BYTE * counted, () -> {
            result[0] = decode(codec, reply, stream.length, stream);
        });
        Result whole = result[0];
        assertEquals(whole, decode(codec, reply, cuts, stream), "cut into pieces, otherwise in one");
        if (whole.message() != null) {
            sayAgain(codec, reply || config.skipInboundLabelCheck(), whole.message());
        }
    }

    /** Feeds pieces of {@code cuts} bytes, one less each time down to one, and round again; 0 is in one piece. */
    private static Result decode(Codec codec, boolean reply, int cuts, byte[] stream) {
        Dropped before = Dropped.in(codec.drops());
        StreamDecoder decoder =
                reply ? codec.codec().replyDecoder() : codec.codec().requestDecoder();
        int at = 0;
        int piece = cuts;
        try {
            do {
                int length = piece <= 0 ? stream.length - at : Math.min(piece, stream.length - at);
                piece = piece > 1 ? piece - 1 : cuts;
                decoder.feed(stream, at, length);
                at += length;
                StreamMessage message = decoder.next();
                if (message != null) {
                    return new Result(message, null, Dropped.in(codec.drops()).since(before));
                }
            } while (at < stream.length);
            assertTrue(decoder.progress().length() > 0);
            return new Result(null, null, Dropped.in(codec.drops()).since(before));
        } catch (WireException e) {
            Dropped dropped = Dropped.in(codec.drops()).since(before);
            long partial = dropped.of(DropReason.BAD_RECORD) + dropped.of(DropReason.UNKNOWN_STATE);
            assertEquals(1, dropped.total() - partial, "drops counted for one exception");
            assertEquals(1, dropped.of(e.reason()), "counted under another reason");
            return new Result(null, e.reason(), dropped);
        }
    }

    private static void sayAgain(Codec codec, boolean reply, StreamMessage message) {
        byte[] again = reply ? codec.codec().reply(message) : codec.codec().request(message);
        assertEquals(
                new Result(Sorted.of(message), null, Dropped.NOTHING), decode(codec, reply, 0, again), "said again");
    }
}
