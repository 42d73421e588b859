package dev.hearsay.core;

import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.state.StateFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What members say to each other over a stream (TCP): one request, at most one reply, then the stream ends. Only a request
 * that {@linkplain #holds holds} its stream keeps it open.
 *
 * @see Outbox#open
 */
public sealed interface StreamMessage {

    /** Hands this message to the receiver's method for its kind. */
    void deliver(long stream, Receiver to, long now, Outbox out);

    /** Whether whoever sends this as a request waits for a reply. */
    default boolean expectsReply() {
        return true;
    }

    /** Whether the stream of this request stays open, idle, until it breaks or somebody closes it. */
    default boolean holds() {
        return false;
    }

    /** What the layer above memberlist adds to a push/pull. */
    sealed interface UpperState {}

    /**
     * Everything the sender knows about membership; the reply is the same from the other side (SWIM's push/pull).
     *
     * @param join whether the sender is joining, as opposed to its periodic exchange
     * @param claims one per member the sender knows, itself included
     * @param upper what the layer above adds; null if nothing
     */
    record PushPull(
            boolean join, List<Claim> claims, @Nullable UpperState upper) implements StreamMessage {
        @Override
        public void deliver(long stream, Receiver to, long now, Outbox out) {
            to.onPushPull(stream, this, now, out);
        }
    }

    /**
     * Asks whether the other side believes the same, in place of a {@link PushPull}; the reply is the same from there. If the
     * sums are equal, that is all. If not, the reply has the sums of parts of the members, and a {@link Delta} follows. Only
     * between members that can: {@link dev.hearsay.core.membership.Peers.Ability#DIFFERENCES}.
     *
     * @param time Lamport time of membership intents
     * @param eventTime Lamport time of user events
     * @param queryTime Lamport time of queries
     * @param sum of hashes of what is believed: {@link dev.hearsay.core.membership.SummedTable#sum}
     * @param events the same of the user events that are remembered
     * @param parts the sums of parts, four bytes each, or empty
     */
    record Digest(long time, long eventTime, long queryTime, long sum, long events, Bytes parts)
            implements StreamMessage {
        /** Least number of parts. */
        public static final int LEAST_PARTS = 8;

        /** Greatest number of parts. */
        public static final int MOST_PARTS = 4096;

        @Override
        public void deliver(long stream, Receiver to, long now, Outbox out) {
            to.onDigest(stream, this, now, out);
        }
    }

    /**
     * A push/pull about some of the members: those in the parts that are different.
     *
     * @param parts one bit for each part, the lowest bit of the first byte first: as many bits as the {@link Digest} had parts
     * @param content what the sender knows about the members in the parts with a 1
     */
    record Delta(Bytes parts, PushPull content) implements StreamMessage {
        @Override
        public void deliver(long stream, Receiver to, long now, Outbox out) {
            to.onDelta(stream, this, now, out);
        }
    }

    /** A ping over a stream, for when packets do not get through. Answered by {@link StreamAck}. */
    record StreamPing(Message.Ping ping) implements StreamMessage {
        @Override
        public void deliver(long stream, Receiver to, long now, Outbox out) {
            to.onStreamPing(stream, this, now, out);
        }
    }

    /** The answer to a {@link StreamPing}. */
    record StreamAck(int sequence) implements StreamMessage {
        @Override
        public void deliver(long stream, Receiver to, long now, Outbox out) {
            to.onStreamAck(stream, this, now, out);
        }
    }

    /** A message of the layer above that is too large for a packet, or must not get lost. Not answered. */
    record StreamUser(Message.Upper message) implements StreamMessage {
        @Override
        public boolean expectsReply() {
            return false;
        }

        @Override
        public void deliver(long stream, Receiver to, long now, Outbox out) {
            to.onStreamUser(stream, this, now, out);
        }
    }

    /**
     * "When this stream breaks, look whether I am still there; I shall do the same." Not answered, unless by a
     * {@link Refusal}. Only between members that can: {@link dev.hearsay.core.membership.Peers.Ability#GUARDS}.
     *
     * @param node the sender's name
     * @param incarnation the sender's, 0 to 2^32 - 1
     */
    record Guard(String node, long incarnation) implements StreamMessage {
        @Override
        public boolean holds() {
            return true;
        }

        @Override
        public void deliver(long stream, Receiver to, long now, Outbox out) {
            to.onGuard(stream, this, now, out);
        }
    }

    /** About shared state, as request and reply, between members that take part: {@link dev.hearsay.core.membership.Peers.Ability#STATE}. */
    record StateExchange(StateFrame frame) implements StreamMessage {
        @Override
        public void deliver(long stream, Receiver to, long now, Outbox out) {
            to.onStateExchange(stream, this, now, out);
        }
    }

    /** "I cannot take what you sent, because ..." */
    record Refusal(String reason) implements StreamMessage {
        @Override
        public void deliver(long stream, Receiver to, long now, Outbox out) {
            to.onRefusal(stream, this, now, out);
        }
    }

    /**
     * Serf's half of a push/pull: its Lamport clocks, the newest intent of each member, and the user events it remembers.
     *
     * @param time Lamport time of membership intents
     * @param statusTimes per member name, the Lamport time of its newest intent
     * @param left names of members that have left
     * @param eventTime Lamport time of user events
     * @param queryTime Lamport time of queries
     * @param events in the order of their times; whether they are to be coalesced, is not told here
     */
    record SerfState(
            long time,
            List<StatusTime> statusTimes,
            List<String> left,
            long eventTime,
            long queryTime,
            List<Message.UserEvent> events)
            implements UpperState {}

    /** An application's half of a push/pull in a cluster on bare memberlist: bytes that only it understands. */
    record UserState(Bytes content) implements UpperState {}

    /** The Lamport time of the newest intent known about a member. */
    record StatusTime(String node, long time) {}

    /** One method per kind of stream message. */
    interface Receiver {
        void onPushPull(long stream, PushPull state, long now, Outbox out);

        void onDigest(long stream, Digest digest, long now, Outbox out);

        void onDelta(long stream, Delta delta, long now, Outbox out);

        void onStreamPing(long stream, StreamPing ping, long now, Outbox out);

        void onStreamAck(long stream, StreamAck ack, long now, Outbox out);

        void onStreamUser(long stream, StreamUser user, long now, Outbox out);

        void onGuard(long stream, Guard guard, long now, Outbox out);

        void onStateExchange(long stream, StateExchange state, long now, Outbox out);

        void onRefusal(long stream, Refusal refusal, long now, Outbox out);
    }
}
