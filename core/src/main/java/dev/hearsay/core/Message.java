package dev.hearsay.core;

import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.core.state.StateFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What members say to each other in packets (UDP). Names and fields are memberlist's and Serf's.
 *
 * <p>Each message knows which method of a {@link Receiver} takes it. Java 17 cannot switch over sealed types; this form
 * is checked by the compiler all the same: a new message does not compile until every receiver handles it.
 */
public sealed interface Message {

    /** Hands this message to the receiver's method for its kind. */
    void deliver(Address from, Receiver to, long now, Outbox out);

    /** News about one member: what dissemination carries, and where newer replaces older. */
    sealed interface News extends Message {
        /** Name of the member the news is about. */
        String node();

        /** The member's incarnation that the news speaks of: 0 to 2^32 - 1. */
        long incarnation();
    }

    /**
     * What the layer above memberlist says, Serf or an application: memberlist's user messages. They travel in packets and,
     * as {@link StreamMessage.StreamUser}, in streams; who sent them does not matter.
     */
    sealed interface Upper extends Message {}

    /**
     * "Are you there?" Answered by {@link Ack} with the same sequence number.
     *
     * @param sequence chosen by the sender, unique among its recent pings
     * @param target name of the member that should answer; any other stays silent. Empty: whoever receives it
     * @param source name of the sender; empty if it did not say
     * @param sourceAddress where to answer; null means where the packet came from
     */
    record Ping(
            int sequence,
            String target,
            String source,
            @Nullable Address sourceAddress) implements Message {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onPing(from, this, now, out);
        }
    }

    /**
     * "Please ping that member for me" (SWIM's ping-req).
     *
     * @param sequence the number the requester expects in the forwarded {@link Ack} or {@link Nack}
     * @param target name of the member to ping
     * @param targetAddress where that member listens
     * @param nack whether the requester wants to hear of a silent target (Lifeguard)
     * @param source name of the requester; empty if it did not say
     * @param sourceAddress where to answer; null means where the packet came from
     */
    record IndirectPing(
            int sequence,
            String target,
            Address targetAddress,
            boolean nack,
            String source,
            @Nullable Address sourceAddress)
            implements Message {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onIndirectPing(from, this, now, out);
        }
    }

    /** "I am here": the answer to a {@link Ping}; with the sender's network coordinate, if Serf is above it and it has one. */
    record Ack(int sequence, @Nullable Coordinate coordinate) implements Message {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onAck(from, this, now, out);
        }
    }

    /** "I am here, but the member you asked about did not answer me" (Lifeguard, section IV-A). */
    record Nack(int sequence) implements Message {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onNack(from, this, now, out);
        }
    }

    /** The accuser could not reach the member and asks it to refute. */
    record Suspect(String node, long incarnation, String accuser) implements News {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onSuspect(from, this, now, out);
        }
    }

    /** The member is there, at this address, with this metadata: a join, an update or a refutation. */
    record Alive(String node, long incarnation, Address address, Bytes meta, Versions versions) implements News {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onAlive(from, this, now, out);
        }
    }

    /** The member is gone. When it says so itself, it has left. */
    record Dead(String node, long incarnation, String accuser) implements News {
        /** Whether the member announced its own departure, instead of having been given up by somebody else. */
        public boolean leaving() {
            return node.equals(accuser);
        }

        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onDead(from, this, now, out);
        }
    }

    /** Several messages in one packet, in order. Parts are at most 127 when we send. */
    record Compound(List<Message> parts) implements Message {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onCompound(from, this, now, out);
        }
    }

    /** Serf: the member is about to leave, or an operator wants it gone. Ordered by a Lamport time. */
    record LeaveIntent(long time, String node, boolean prune) implements Upper {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onLeaveIntent(from, this, now, out);
        }
    }

    /** Serf: the member means to be in the cluster; cancels an older {@link LeaveIntent}. */
    record JoinIntent(long time, String node) implements Upper {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onJoinIntent(from, this, now, out);
        }
    }

    /**
     * Serf: something happened that everybody shall hear, once.
     *
     * @param time Lamport time of user events
     * @param name what happened
     * @param payload what there is to know about it
     * @param coalesce whether of several with this name only the last matters
     */
    record UserEvent(long time, String name, Bytes payload, boolean coalesce) implements Upper {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onUserEvent(from, this, now, out);
        }
    }

    /**
     * Serf: a question to the members. Whoever is meant by all filters answers with a {@link QueryAnswer}.
     *
     * @param time Lamport time of queries
     * @param id of the query, with its time: chosen by the asker at random
     * @param asker where answers go
     * @param source the asker's name; empty if it did not say
     * @param filters who is meant, in Serf's encoding: everybody if there are none
     * @param ack whether whoever is meant says at once that it has the query
     * @param repeat whether whoever hears it spreads it
     * @param relayFactor through how many others each answer goes a second time: 0 to 255
     * @param timeoutNanos how long the asker waits
     * @param name what is asked
     * @param payload what there is to know about it
     */
    record Query(
            long time,
            int id,
            Address asker,
            String source,
            List<Bytes> filters,
            boolean ack,
            boolean repeat,
            int relayFactor,
            long timeoutNanos,
            String name,
            Bytes payload)
            implements Upper {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onQuery(from, this, now, out);
        }
    }

    /** Serf: the answer to the {@link Query} of that time and id; or, as an {@code ack}, that the query has arrived. */
    record QueryAnswer(long time, int id, String from, boolean ack, Bytes payload) implements Upper {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onQueryAnswer(from, this, now, out);
        }
    }

    /** Serf: "pass this on to that member": an answer goes a second way, in case the first is broken. */
    record Relay(Address to, String name, Upper message) implements Upper {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onRelay(from, this, now, out);
        }
    }

    /**
     * Any other user message: without Serf the application's; with Serf of a kind this version does not know, counted and
     * dropped.
     */
    record User(Bytes content) implements Upper {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onUser(from, this, now, out);
        }
    }

    /**
     * A message between Hearsay nodes that neither memberlist nor Serf has. It may be sent only to a member that announced
     * to skip such frames, because Serf logs a warning for each; whoever does not know its version or kind skips it.
     *
     * @param version of the frame's form, 0 to 255
     * @param kind what it is, 0 to 255, in the numbering of that version
     * @param body the rest
     */
    record Extension(int version, int kind, Bytes body) implements Upper {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onExtension(from, this, now, out);
        }
    }

    /**
     * Hearsay: "so many heartbeats I know of". Only between members that announced to take part; it travels in an extension
     * frame.
     *
     * @param beats the sender's own and those of others, each member at most once
     */
    record Heartbeats(List<Beat> beats) implements Upper {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onHeartbeats(from, this, now, out);
        }
    }

    /**
     * The heartbeats of one member.
     *
     * @param member a hash of its name and incarnation: {@link dev.hearsay.core.membership.SummedTable#identity}
     * @param counter how many it has sent since its process began, modulo 2^32
     */
    record Beat(long member, int counter) {
        /** What it takes on the wire. */
        public static final int BYTES = Long.BYTES + Integer.BYTES;
    }

    /** About shared state, between members that take part: {@link dev.hearsay.core.membership.Peers.Ability#STATE}. */
    record State(StateFrame frame) implements Upper {
        @Override
        public void deliver(Address from, Receiver to, long now, Outbox out) {
            to.onState(from, this, now, out);
        }
    }

    /** One method per kind of message. {@code from} is where the packet came from. */
    interface Receiver {
        void onPing(Address from, Ping ping, long now, Outbox out);

        void onIndirectPing(Address from, IndirectPing request, long now, Outbox out);

        void onAck(Address from, Ack ack, long now, Outbox out);

        void onNack(Address from, Nack nack, long now, Outbox out);

        void onSuspect(Address from, Suspect suspect, long now, Outbox out);

        void onAlive(Address from, Alive alive, long now, Outbox out);

        void onDead(Address from, Dead dead, long now, Outbox out);

        void onCompound(Address from, Compound compound, long now, Outbox out);

        void onLeaveIntent(Address from, LeaveIntent intent, long now, Outbox out);

        void onJoinIntent(Address from, JoinIntent intent, long now, Outbox out);

        void onUserEvent(Address from, UserEvent event, long now, Outbox out);

        void onQuery(Address from, Query query, long now, Outbox out);

        void onQueryAnswer(Address from, QueryAnswer answer, long now, Outbox out);

        void onRelay(Address from, Relay relay, long now, Outbox out);

        void onUser(Address from, User message, long now, Outbox out);

        void onExtension(Address from, Extension frame, long now, Outbox out);

        void onHeartbeats(Address from, Heartbeats heartbeats, long now, Outbox out);

        void onState(Address from, State state, long now, Outbox out);
    }
}
