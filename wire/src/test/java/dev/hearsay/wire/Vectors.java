package dev.hearsay.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.StreamMessage.SerfState;
import dev.hearsay.core.Versions;
import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.core.membership.Claim;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The golden vectors: their bytes, what they mean, and our messages written in the same words. */
final class Vectors {
    record Vector(String name, Bytes content, String expected) {
        byte[] bytes() {
            return content.toArray();
        }

        boolean packet() {
            return name.contains("udp-");
        }

        /** Whether compression stands directly inside the checksum, if there is one. */
        boolean compressed() {
            return content.at(content.at(0) == Kind.CHECKSUM ? 5 : 0) == Kind.COMPRESS;
        }

        boolean sealed() {
            return expected.startsWith("crc ");
        }

        String meaning() {
            return sealed() ? expected.substring(4) : expected;
        }

        boolean labelled() {
            return name.startsWith("label-");
        }

        /** Whether a program on bare memberlist sent it. */
        boolean foreign() {
            return name.startsWith("v051-") || name.startsWith("label-") || name.startsWith("am-");
        }

        boolean encrypted() {
            return name.contains("enc-");
        }

        /** Whether it is what the opener of the stream said. */
        boolean opener() {
            return !name.contains("reply");
        }

        /** How the sender was configured. Alertmanager and a Serf agent compress unless told not to. */
        WireConfig config() {
            return new WireConfig.Builder()
                    .label(labelled() ? LABEL : "")
                    .keyring(encrypted() ? Keyring.of(KEY) : null)
                    .compress(name.contains("comp-") || name.startsWith("am-"))
                    .serf(!foreign())
                    .build();
        }

        /** Encrypts with the nonce that this vector has. */
        Encryption encryption() {
            int header = labelled() && (packet() || opener()) ? 2 + LABEL.length() : 0;
            int frame = packet() ? 0 : StreamCodec.FRAME_HEADER;
            return new Encryption(nonce -> System.arraycopy(bytes(), header + frame + 1, nonce, 0, nonce.length));
        }

        PacketCodec packetCodec(DropCounters drops) {
            return new PacketCodec(this::config, drops, encryption());
        }

        StreamCodec streamCodec(DropCounters drops) {
            return new StreamCodec(this::config, drops, encryption());
        }

        StreamDecoder decoder(DropCounters drops) {
            StreamCodec codec = streamCodec(drops);
            return opener() ? codec.requestDecoder() : codec.replyDecoder();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final String LABEL = "my-cluster";
    static final GossipKey KEY = key(0x00);
    static final GossipKey OTHER_KEY = key(0x20);

    private Vectors() {}

    /** 32 bytes that count up from there. */
    static GossipKey key(int first) {
        byte[] secret = new byte[32];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (first + i);
        }
        return GossipKey.of(secret);
    }

    /**
     * Encrypts with nonces that count up. A random one looks like the head of a map about once in fourteen times, and then
     * the reason for a drop is another one.
     */
    static Encryption foreseen() {
        AtomicInteger last = new AtomicInteger();
        return new Encryption(nonce -> ByteBuffer.wrap(nonce).putInt(8, last.incrementAndGet()));
    }

    /** Innermost messages of streams by name, found by the capture's decoder. */
    static Map<String, byte[]> messages() {
        Map<String, byte[]> messages = new TreeMap<>();
        for (String line : new String(resource("messages.tsv"), StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                int tab = line.indexOf('\t');
                messages.put(line.substring(0, tab), HexFormat.of().parseHex(line.substring(tab + 1)));
            }
        }
        return messages;
    }

    static List<Vector> packets() {
        return all().stream().filter(Vector::packet).collect(Collectors.toList());
    }

    static List<Vector> streams() {
        return all().stream().filter(v -> !v.packet()).collect(Collectors.toList());
    }

    static Vector named(String name) {
        return all().stream().filter(v -> v.name.equals(name)).findFirst().orElseThrow();
    }

    static List<Vector> all() {
        List<Vector> vectors = new ArrayList<>();
        for (String line : new String(resource("expected.tsv"), StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                int tab = line.indexOf('\t');
                String name = line.substring(0, tab);
                vectors.add(new Vector(name, Bytes.adopt(resource(name + ".bin")), line.substring(tab + 1)));
            }
        }
        return vectors;
    }

    static byte[] resource(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Message message) {
        if (message instanceof Message.Compound compound) {
            return compound.parts().stream().map(Vectors::text).collect(Collectors.joining(" ", "compound[", "]"));
        } else if (message instanceof Message.Ping ping) {
            return "ping"
                    + source(ping.source(), ping.sourceAddress())
                            .with("Node", ping.target())
                            .sequence(ping.sequence());
        } else if (message instanceof Message.IndirectPing request) {
            return "indirectPing"
                    + source(request.source(), request.sourceAddress())
                            .with("Nack", request.nack())
                            .with("Node", request.target())
                            .with("Target", hex(request.targetAddress().ip()))
                            .with("Port", request.targetAddress().port())
                            .sequence(request.sequence());
        } else if (message instanceof Message.Ack ack) {
            return "ack"
                    + new Words().with("Payload", coordinate(ack.coordinate())).sequence(ack.sequence());
        } else if (message instanceof Message.Nack nack) {
            return "nack" + new Words().sequence(nack.sequence());
        } else if (message instanceof Message.Suspect suspect) {
            return "suspect" + accusation(suspect, suspect.accuser());
        } else if (message instanceof Message.Dead dead) {
            return "dead" + accusation(dead, dead.accuser());
        } else if (message instanceof Message.Alive alive) {
            return "alive"
                    + member(alive.incarnation(), alive.address(), alive.meta(), alive.versions())
                            .with("Node", alive.node());
        } else if (message instanceof Message.LeaveIntent leave) {
            return "leave"
                    + new Words()
                            .with("LTime", leave.time())
                            .with("Node", leave.node())
                            .with("Prune", leave.prune());
        } else if (message instanceof Message.JoinIntent join) {
            return "join" + new Words().with("LTime", join.time()).with("Node", join.node());
        }
        return message instanceof Message.Upper upper ? text(upper) : "";
    }

    private static String text(Message.Upper message) {
        if (message instanceof Message.UserEvent event) {
            return "userEvent"
                    + new Words()
                            .with("CC", event.coalesce())
                            .with("LTime", event.time())
                            .with("Name", event.name())
                            .with("Payload", event.payload());
        } else if (message instanceof Message.Query query) {
            return "query"
                    + new Words()
                            .with("Addr", hex(query.asker().ip()))
                            .with(
                                    "Filters",
                                    query.filters().stream()
                                            .map(Bytes::toString)
                                            .collect(Collectors.joining("+")))
                            .with("Flags", (query.ack() ? 1 : 0) + (query.repeat() ? 0 : 2))
                            .with("ID", Integer.toUnsignedLong(query.id()))
                            .with("LTime", query.time())
                            .with("Name", query.name())
                            .with("Payload", query.payload())
                            .with("Port", query.asker().port())
                            .with("RelayFactor", query.relayFactor())
                            .with("SourceNode", query.source())
                            .with("Timeout", query.timeoutNanos());
        } else if (message instanceof Message.QueryAnswer answer) {
            return "queryResponse"
                    + new Words()
                            .with("Flags", answer.ack() ? 1 : 0)
                            .with("From", answer.from())
                            .with("ID", Integer.toUnsignedLong(answer.id()))
                            .with("LTime", answer.time())
                            .with("Payload", answer.payload());
        } else if (message instanceof Message.Relay relay) {
            return "relay"
                    + new Words()
                            .with("IP", hex(relay.to().ip()))
                            .with("Port", relay.to().port())
                            .with("DestName", relay.name())
                    + text(relay.message());
        }
        Bytes content = ((Message.User) message).content();
        boolean serf = content.length() > 0 && content.at(0) < 10;
        return "user{" + (serf ? "kind=" + content.at(0) : content) + "}";
    }

    static String text(StreamMessage message) {
        if (message instanceof StreamMessage.StreamPing ping) {
            return text(ping.ping());
        } else if (message instanceof StreamMessage.StreamAck ack) {
            return "ack" + new Words().sequence(ack.sequence());
        } else if (message instanceof StreamMessage.Refusal refusal) {
            return "err" + new Words().with("Error", refusal.reason());
        } else if (message instanceof StreamMessage.StreamUser user) {
            return text(user.message());
        }
        StreamMessage.PushPull state = (StreamMessage.PushPull) message;
        StringBuilder text = new StringBuilder("pushPull" + new Words().with("Join", state.join()));
        for (Claim claim : state.claims()) {
            text.append(" claim")
                    .append(member(claim.incarnation(), claim.address(), claim.meta(), claim.versions())
                            .with("Name", claim.node())
                            .with("State", claim.state().ordinal()));
        }
        if (state.upper() instanceof StreamMessage.UserState user) {
            text.append(" state{").append(user.content()).append('}');
        } else if (state.upper() instanceof SerfState intents) {
            String clocks = new Words()
                    .with("EventLTime", intents.eventTime())
                    .with("LTime", intents.time())
                    .with("QueryLTime", intents.queryTime())
                    .toString();
            text.append(" intents").append(clocks, 0, clocks.length() - 1);
            text.append(intents.left().stream().sorted().collect(Collectors.joining("+", ",LeftMembers=", "")));
            text.append(intents.statusTimes().stream()
                    .map(status -> status.node() + ":" + status.time())
                    .sorted()
                    .collect(Collectors.joining("+", ",StatusLTimes=", "")));
            if (!intents.events().isEmpty()) {
                text.append(intents.events().stream()
                        .map(event -> event.time() + ":" + event.name() + ":" + event.payload())
                        .collect(Collectors.joining("+", ",Events=", "")));
            }
            text.append('}');
        }
        return text.toString();
    }

    private static Words source(String source, @Nullable Address address) {
        Words words = new Words().with("SourceNode", source);
        return address == null
                ? words
                : words.with("SourceAddr", hex(address.ip())).with("SourcePort", address.port());
    }

    private static Words accusation(Message.News news, String accuser) {
        return new Words()
                .with("From", accuser)
                .with("Incarnation", news.incarnation())
                .with("Node", news.node());
    }

    private static Words member(long incarnation, Address address, Bytes meta, Versions v) {
        byte[] versions = {
            (byte) v.protocolMin(), (byte) v.protocolMax(), (byte) v.protocol(),
            (byte) v.delegateMin(), (byte) v.delegateMax(), (byte) v.delegate()
        };
        return new Words()
                .with("Addr", hex(address.ip()))
                .with("Incarnation", incarnation)
                .with("Meta", meta)
                .with("Port", address.port())
                .with("Vsn", hex(versions));
    }

    /** As it stands in the ack, in hexadecimal. */
    private static Bytes coordinate(@Nullable Coordinate coordinate) {
        if (coordinate == null) {
            return Bytes.EMPTY;
        }
        RawBytes out = new RawBytes(CoordinateCodec.size(coordinate));
        CoordinateCodec.write(coordinate, out.writer);
        return out.bytes();
    }

    private static String hex(byte[] bytes) {
        return Bytes.of(bytes).toString();
    }

    /** Fields in the order of their names, without those that are empty, zero or false. */
    private static final class Words {
        private final Map<String, String> fields = new TreeMap<>();

        Words with(String name, Object value) {
            String text = value.toString();
            if (!text.isEmpty() && !text.equals("0") && !text.equals("false")) {
                fields.put(name, text);
            }
            return this;
        }

        Words sequence(int sequence) {
            return with("SeqNo", Integer.toUnsignedLong(sequence));
        }

        @Override
        public String toString() {
            return fields.toString().replace(", ", ",");
        }
    }
}
