package dev.hearsay.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamFailure;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Versions;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.Envelope;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.StreamCodec;
import dev.hearsay.wire.WireConfig;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole node, from bytes to bytes, through a sequence of packets, streams, pauses and operations: it never throws, holds
 * its bounds, stays itself, and sends nothing that harms old releases.
 */
class NodeFuzz {
    private static final int PACKET = 0;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int KINDS = 8;

    /** Longer sequences say nothing new, and take long. */
    private static final int MOST_STEPS = 50;

    private static final Address PARTNER = Address.ipv4(10, 0, 0, 2, 7946);

    /** Announces all that a node of ours can do. */
    private static final Bytes STATEFUL = Bytes.of(HexFormat.of().parseHex("ff80485301010f"));

    private static final long[] PAUSES = {
        0, 1_000_000, 100_000_000, 500_000_000, 1_000_000_000, 5_000_000_000L, 60_000_000_000L, 172_800_000_000_000L
    };

    /** With and without Serf, and with all layers but compression, which costs more than all the rest. */
    private static final List<WireConfig> CONFIGS = List.of(
            Configs.ALL.get(0),
            Configs.ALL.get(1),
            Configs.ALL.get(5).toBuilder().compress(false).build());

    static Stream<byte[]> sequences() {
        List<byte[]> seeds = new ArrayList<>();
        List<byte[]> messages = Seeds.messages();
        for (int i = 0; i < messages.size(); i++) {
            ByteArrayOutputStream seed = new ByteArrayOutputStream();
            seed.write(i);
            for (byte[] message : messages.subList(i, Math.min(messages.size(), i + 3))) {
                seed.write(message[0] == 6 ? REQUEST : PACKET);
                seed.write(1);
                seed.write(message.length >> 8);
                seed.write(message.length);
                seed.writeBytes(message);
                seed.write(3);
                seed.write(4);
            }
            seeds.add(seed.toByteArray());
        }
        seeds.add(guarded());
        return seeds.stream();
    }

    /** A member of ours; pauses in which it gets a guard stream; its own streams; streams that break. */
    private static byte[] guarded() {
        byte[] alive = new PacketCodec(new DropCounters())
                .encode(new Message.Alive(
                        "a",
                        1,
                        Address.ipv4(10, 0, 0, 2, 7946),
                        Bytes.of(HexFormat.of().parseHex("ff804853010107")),
                        Versions.SERF));
        byte[] guard = StreamCodec.encode(new StreamMessage.Guard("a", 1));
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.writeBytes(new byte[] {0, PACKET, 1, 0, (byte) alive.length});
        seed.writeBytes(alive);
        seed.writeBytes(new byte[] {3, 4, 3, 4});
        for (int i = 0; i < 3; i++) {
            seed.writeBytes(new byte[] {REQUEST, 0, (byte) guard.length});
            seed.writeBytes(guard);
            seed.writeBytes(new byte[] {7, 9, 3, 5});
        }
        return seed.toByteArray();
    }

    static Stream<byte[]> scripts() {
        byte[] counting = new byte[400];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) (i * 7);
        }
        return Stream.of(counting, new byte[100]);
    }

    /** Steps, each with the bytes that arrive; with layers around them where the node has a key. */
    @MethodSource("sequences")
    @FuzzTest
    void bytes(byte[] bytes) {
        Input input = new Input(bytes);
        WireConfig config = CONFIGS.get(input.choice(CONFIGS.size()));
        NodeHarness node = new NodeHarness(config, 1);
        Script script = new Script(input);
        for (int i = 0; i < MOST_STEPS && input.hasMore(); i++) {
            int kind = input.choice(KINDS);
            switch (kind) {
                case PACKET -> node.packet(script.address(), packet(config, input.piece()));
                case REQUEST -> node.request(stream(config, true, input.piece()));
                case REPLY -> node.reply(stream(config, false, input.piece()));
                default -> step(node, kind, input, script);
            }
        }
    }

    /** Steps, each with a message that the bytes choose: further into a node than bytes alone. */
    @MethodSource("scripts")
    @FuzzTest
    void messages(byte[] bytes) {
        Input input = new Input(bytes);
        WireConfig config = CONFIGS.get(input.choice(CONFIGS.size()));
        NodeHarness node = new NodeHarness(config, 1);
        Script script = new Script(input);
        script.state().about(node.entries());
        for (int i = 0; i < MOST_STEPS && input.hasMore(); i++) {
            int kind = input.choice(KINDS);
            switch (kind) {
                case PACKET -> node.packet(script.address(), node.encode(script.packet()));
                case REQUEST -> node.request(node.encode(script.stream(), true));
                case REPLY -> node.reply(node.encode(script.stream(), false));
                default -> step(node, kind, input, script);
            }
        }
    }

    /** One member that takes part in shared state, and what it says about that, between what this node writes. */
    @MethodSource("scripts")
    @FuzzTest
    void state(byte[] bytes) {
        Input input = new Input(bytes);
        NodeHarness node = new NodeHarness(CONFIGS.get(0), 1);
        Script script = new Script(input);
        script.state().about(node.entries());
        node.packet(PARTNER, node.encode(new Message.Alive("a", 1, PARTNER, STATEFUL, Versions.SERF)));
        for (int i = 0; i < MOST_STEPS && input.hasMore(); i++) {
            switch (input.choice(6)) {
                case 0, 1 ->
                    node.packet(
                            PARTNER,
                            mutated(
                                    input,
                                    node.encode(new Message.State(script.state().frame()))));
                case 2 -> node.write(script.state().write());
                case 3 ->
                    node.request(mutated(
                            input,
                            node.encode(
                                    new StreamMessage.StateExchange(
                                            script.state().frame()),
                                    true)));
                case 4 ->
                    node.reply(mutated(
                            input,
                            node.encode(
                                    new StreamMessage.StateExchange(
                                            script.state().frame()),
                                    false)));
                default -> node.pass(PAUSES[input.choice(PAUSES.length)]);
            }
        }
    }

    /** One time in four with one byte changed, behind the checksum that would notice. */
    private static byte[] mutated(Input input, byte[] message) {
        if (input.choice(4) > 0) {
            return message;
        }
        byte[] content = message[0] == 12 ? Arrays.copyOfRange(message, 5, message.length) : message.clone();
        content[(input.octet() << 8 | input.octet()) % content.length] ^= (byte) (1 << input.choice(8));
        return content;
    }

    /** What happens to a node beside messages. */
    private static void step(NodeHarness node, int kind, Input input, Script script) {
        switch (kind) {
            case 3, 4 -> node.pass(PAUSES[input.choice(PAUSES.length)]);
            case 5 -> node.reflect();
            case 6 -> node.fail(StreamFailure.values()[input.choice(StreamFailure.values().length)]);
            default -> {
                switch (input.choice(10)) {
                    case 0 -> node.leave();
                    case 1, 2 -> node.forceLeave(script.name(), input.choice(2) == 0);
                    case 3, 4 -> node.updateMeta(script.meta());
                    case 5, 6 -> node.say(input.choice(3), script.meta());
                    case 8 -> node.write(script.state().write());
                    case 9 -> node.breakStream();
                    default -> node.join(Address.ipv4(10, 0, 0, 9, 7946));
                }
            }
        }
    }

    private static byte[] packet(WireConfig config, byte[] content) {
        Keyring ring = config.keyring();
        if (ring == null) {
            return content;
        }
        return Envelope.labelled(
                config, Envelope.encryptedPacket(config, primary(ring), false, Envelope.sealed(content)));
    }

    private static byte[] stream(WireConfig config, boolean opener, byte[] content) {
        Keyring ring = config.keyring();
        if (ring == null) {
            return content;
        }
        byte[] stream = Envelope.encryptedStream(config, primary(ring), false, content);
        return opener ? Envelope.labelled(config, stream) : stream;
    }

    private static GossipKey primary(Keyring ring) {
        return ring.keys().get(0);
    }
}
