package dev.hearsay.fuzz;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.SummedTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Messages made of the bytes of an input: of few names, addresses and numbers, those at the edges above all. */
final class Script {
    private static final List<String> NAMES =
            List.of(NodeHarness.SELF, "a", "b", "c", "d", "e", "f", "g", "h", "i", "ä", "x".repeat(255));

    private static final List<Address> ADDRESSES = List.of(
            NodeHarness.ADDRESS,
            Address.ipv4(10, 0, 0, 2, 7946),
            Address.ipv4(10, 0, 0, 3, 7946),
            Address.ipv4(0, 0, 0, 0, 0),
            Address.ipv4(255, 255, 255, 255, 65_535),
            Address.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 2}, 7946),
            Address.of(new byte[] {-2, -128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 7946));

    private static final List<Long> INCARNATIONS = List.of(
            0L,
            1L,
            2L,
            3L,
            NodeHarness.INCARNATION,
            NodeHarness.INCARNATION + 1,
            NodeHarness.INCARNATION + 2,
            (1L << 31) - 1,
            1L << 31,
            (1L << 32) - 2,
            (1L << 32) - 1);

    private static final List<Long> TIMES =
            List.of(0L, 1L, 2L, 3L, 4L, 5L, 10L, Long.MAX_VALUE - 2, Long.MAX_VALUE - 1, Long.MAX_VALUE);

    private static final List<Bytes> METAS = List.of(
            Bytes.EMPTY,
            // A tag, and behind it the announcement of all that we can do.
            Bytes.of(HexFormat.of().parseHex("ff81a16ba176" + "485301011f")),
            Bytes.of(new byte[512]));

    private static final List<Versions> VERSIONS = List.of(
            Versions.SERF,
            Versions.MEMBERLIST,
            new Versions(1, 2, 2, 0, 0, 0),
            new Versions(0, 0, 0, 0, 0, 0),
            new Versions(1, 255, 255, 0, 255, 255),
            new Versions(5, 1, 2, 2, 5, 5));

    private final Input input;
    private final StateScript state;

    Script(Input input) {
        this.input = input;
        this.state = new StateScript(input);
    }

    /** What is said about shared state, and written. */
    StateScript state() {
        return state;
    }

    String name() {
        return of(NAMES);
    }

    Address address() {
        return of(ADDRESSES);
    }

    Bytes meta() {
        return of(METAS);
    }

    /** One message, or several in one packet. */
    Message packet() {
        int parts = input.choice(4);
        if (parts < 3) {
            return message();
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 1 + input.choice(20); i > 0; i--) {
            messages.add(message());
        }
        return new Message.Compound(messages);
    }

    private Message message() {
        return switch (input.choice(11)) {
            case 0 -> new Message.Ping(sequence(), target(), name(), source());
            case 1 -> new Message.IndirectPing(sequence(), target(), address(), input.choice(2) == 0, name(), source());
            case 2 -> new Message.Ack(sequence(), null);
            case 3 -> new Message.Nack(sequence());
            case 4, 5 -> new Message.Alive(name(), of(INCARNATIONS), address(), meta(), of(VERSIONS));
            case 6 -> new Message.Suspect(name(), of(INCARNATIONS), target());
            case 7 -> new Message.Dead(name(), of(INCARNATIONS), target());
            case 8 -> new Message.JoinIntent(of(TIMES), name());
            case 9 -> new Message.LeaveIntent(of(TIMES), name(), input.choice(2) == 0);
            default -> upper(input.octet());
        };
    }

    /** What Serf's layer says beside intents; or nobody knows what. */
    private Message.Upper upper(int kind) {
        return switch (kind % 10) {
            case 0, 1 -> new Message.UserEvent(of(TIMES), name(), meta(), kind % 2 == 0);
            case 2, 3 ->
                new Message.Query(
                        of(TIMES),
                        input.choice(4),
                        address(),
                        name(),
                        kind % 3 == 0 ? List.of() : List.of(meta()),
                        kind % 4 < 2,
                        kind % 5 < 3,
                        input.octet(),
                        of(TIMES),
                        kind % 7 == 0 ? "_serf_ping" : name(),
                        meta());
            case 4 -> answer();
            case 5 -> new Message.Relay(address(), name(), answer());
            case 6, 7 -> heartbeats();
            case 8 -> new Message.State(state.frame());
            default -> new Message.User(Bytes.of((byte) (10 + kind % 100)));
        };
    }

    /** Counters of members that there are, and of others; the same one twice, too. */
    private Message.Heartbeats heartbeats() {
        List<Message.Beat> beats = new ArrayList<>();
        for (int i = 1 + input.choice(5); i > 0; i--) {
            beats.add(new Message.Beat(SummedTable.identity(name(), of(INCARNATIONS)), sequence()));
        }
        return new Message.Heartbeats(beats);
    }

    private Message.QueryAnswer answer() {
        return new Message.QueryAnswer(of(TIMES), input.choice(4), name(), input.choice(2) == 0, meta());
    }

    /** What is said over a stream, asked or answered. */
    StreamMessage stream() {
        return switch (input.choice(10)) {
            case 0 -> new StreamMessage.StreamPing(new Message.Ping(sequence(), target(), name(), source()));
            case 1 -> new StreamMessage.StreamAck(sequence());
            case 2 -> new StreamMessage.StreamUser(new Message.LeaveIntent(of(TIMES), name(), input.choice(2) == 0));
            case 3 -> new StreamMessage.Refusal(name());
            case 6 -> new StreamMessage.StateExchange(state.frame());
            case 7 -> new StreamMessage.Guard(name(), of(INCARNATIONS));
            case 8 ->
                new StreamMessage.Digest(
                        of(TIMES), of(TIMES), of(TIMES), sequence(), sequence(), parts(Integer.BYTES * 8));
            case 9 -> new StreamMessage.Delta(parts(1), pushPull());
            default -> pushPull();
        };
    }

    private Bytes parts(int bytes) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < Math.min(8, bytes); i++) {
            content[i] = (byte) input.octet();
        }
        return Bytes.of(content);
    }

    private StreamMessage.PushPull pushPull() {
        List<Claim> claims = new ArrayList<>();
        for (int i = input.choice(12); i > 0; i--) {
            claims.add(new Claim(name(), of(INCARNATIONS), address(), meta(), of(VERSIONS), of(STATES)));
        }
        List<StreamMessage.StatusTime> times = new ArrayList<>();
        for (int i = input.choice(6); i > 0; i--) {
            times.add(new StreamMessage.StatusTime(name(), of(TIMES)));
        }
        List<String> left = new ArrayList<>();
        for (int i = input.choice(4); i > 0; i--) {
            left.add(name());
        }
        StreamMessage.SerfState intents =
                new StreamMessage.SerfState(of(TIMES), times, left, of(TIMES), of(TIMES), events());
        return new StreamMessage.PushPull(input.choice(2) == 0, claims, input.choice(4) == 0 ? null : intents);
    }

    private List<Message.UserEvent> events() {
        List<Message.UserEvent> events = new ArrayList<>();
        for (int i = input.choice(4); i > 0; i--) {
            events.add(new Message.UserEvent(of(TIMES), name(), meta(), false));
        }
        events.sort(Comparator.comparingLong(Message.UserEvent::time));
        return events;
    }

    private static final List<MemberState> STATES = List.of(MemberState.values());

    private String target() {
        int choice = input.choice(NAMES.size() + 1);
        return choice == NAMES.size() ? "" : NAMES.get(choice);
    }

    private @org.jspecify.annotations.Nullable Address source() {
        int choice = input.choice(ADDRESSES.size() + 1);
        return choice == ADDRESSES.size() ? null : ADDRESSES.get(choice);
    }

    /** Those of a node's own first pings among them. */
    private int sequence() {
        return input.choice(20) - 2;
    }

    private <T> T of(List<T> values) {
        return values.get(input.choice(values.size()));
    }
}
