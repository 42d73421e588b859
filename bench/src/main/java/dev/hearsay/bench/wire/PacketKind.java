package dev.hearsay.bench.wire;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import java.nio.charset.StandardCharsets;

/** One message of each kind that travels in packets, as an agent sends it. */
@SuppressWarnings("ImmutableEnumChecker") // Messages are immutable.
public enum PacketKind {
    PING(new Message.Ping(PacketKind.SEQUENCE, News.name(1), News.name(2), News.address(2))),
    INDIRECT_PING(new Message.IndirectPing(
            PacketKind.SEQUENCE, News.name(1), News.address(1), true, News.name(2), News.address(2))),
    ACK(new Message.Ack(PacketKind.SEQUENCE, null)),
    NACK(new Message.Nack(PacketKind.SEQUENCE)),
    SUSPECT(News.suspect(1, 2)),
    ALIVE(News.alive(1)),
    DEAD(News.dead(1, 2)),
    JOIN_INTENT(new Message.JoinIntent(4711, News.name(1))),
    LEAVE_INTENT(new Message.LeaveIntent(4711, News.name(1), false)),
    USER_100_BYTES(new Message.User(Bytes.of("x".repeat(100).getBytes(StandardCharsets.UTF_8))));

    private static final int SEQUENCE = 123_456;

    private final Message message;

    PacketKind(Message message) {
        this.message = message;
    }

    /** The message. */
    Message message() {
        return message;
    }
}
