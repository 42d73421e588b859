package dev.hearsay.fuzz;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Event;
import dev.hearsay.core.Identity;
import dev.hearsay.core.Message;
import dev.hearsay.core.Node;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamFailure;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import dev.hearsay.core.Versions;
import dev.hearsay.core.Vitals;
import dev.hearsay.core.detector.Guards;
import dev.hearsay.core.dissemination.Dissemination;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.query.Question;
import dev.hearsay.core.query.Replies;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.Write;
import dev.hearsay.wire.AnnouncedPeers;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.MemberlistSizes;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.StreamCodec;
import dev.hearsay.wire.WireConfig;
import dev.hearsay.wire.WireException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * The whole receive path, as a driver has it: bytes, codec, node, codec, bytes; in virtual time. Checks what the node holds
 * after each step, and all that it sends.
 */
final class NodeHarness {
    static final String SELF = "self";
    static final Address ADDRESS = Address.ipv4(10, 0, 0, 1, 7946);
    static final long INCARNATION = 5;

    /** What the wall clock says when the node begins, in milliseconds since 1970. */
    static final long WALL = 1_780_000_000_000L;

    /** So few that a fuzzer fills the table. */
    static final int MAX_MEMBERS = 8;

    /** More timers than that in one stretch of time are late ones, as after a pause. */
    private static final int TIMERS_IN_TIME = 30;
    /** What a node always waits for: period, probe, guards, gossip, push/pull, reconnect, reaping, leaving, state. */
    private static final int OWN_TIMERS = 18;

    /** What one message may begin: a suspicion, a look at the suspect, and the three timers of that probe. */
    private static final int TIMERS_EACH = 5;

    /** An ack that has a coordinate, in a packet of its own. */
    private static final int COORDINATE_BYTES = 200;

    /** Codecs cost more than a node. */
    private static final IdentityHashMap<WireConfig, PacketCodec> PACKETS = new IdentityHashMap<>();

    private static final IdentityHashMap<WireConfig, StreamCodec> STREAMS = new IdentityHashMap<>();

    private final Config config;
    private final Node node;
    private final Out out = new Out();
    private final PacketCodec packets;
    private final StreamCodec streams;
    private final SentChecker checker;
    private final WireConfig wire;

    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private final Map<Long, Long> open = new LinkedHashMap<>();
    private final HeldStreams held = new HeldStreams();
    private final Queue<Long> sent = new ArrayDeque<>();
    private byte[] lastSent = {};
    private long now = 1_000_000_000_000L;
    private long scheduled;
    private long requests = Node.ACCEPTED_STREAMS;
    private long joins;
    private boolean leaving;

    /** Messages and operations that may each have begun one timer. */
    private long causes;

    private record Due(long at, long number, Timer timer) {}

    NodeHarness(WireConfig wire, long seed) {
        packets = PACKETS.computeIfAbsent(wire, w -> new PacketCodec(() -> w, new DropCounters()));
        streams = STREAMS.computeIfAbsent(wire, w -> new StreamCodec(() -> w, new DropCounters()));
        checker = new SentChecker(wire);
        this.wire = wire;
        config = Configs.node(wire, MAX_MEMBERS);
        Identity self = new Identity(SELF, ADDRESS, Bytes.EMPTY, Versions.SERF, INCARNATION);
        Delegate delegate = wire.serf() ? StateChecker.SERF : Parts.APPLICATION;
        node = new Node(
                self,
                config,
                new DenseMemberTable(),
                new MemberlistSizes(() -> wire),
                seed,
                new AnnouncedPeers(),
                Admission.ANYBODY,
                delegate);
        node.state().onClock(WALL, now);
        node.start(now, out);
        check();
    }

    /** The entries of shared state that the node has now and later. */
    NavigableMap<EntryId, Entry> entries() {
        return node.state().entries();
    }

    /** The application writes, if it may. */
    void write(Write write) {
        causes++;
        try {
            node.state().write(write, now, out);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            require(refused.getMessage() != null, "a refusal without a reason", 0);
        }
        check();
    }

    /** What another node, configured alike, sends to say that. */
    byte[] encode(Message message) {
        return packets.encode(message);
    }

    /** The same over a stream. */
    byte[] encode(StreamMessage message, boolean opener) {
        return opener ? streams.request(message) : streams.reply(message);
    }

    /** A datagram arrives. */
    void packet(Address from, byte[] bytes) {
        Message message;
        try {
            message = packets.decode(bytes, 0, bytes.length);
        } catch (WireException e) {
            return;
        }
        int leaves = Parts.leaves(message);
        causes += leaves;
        out.packets = 0;
        out.events = 0;
        out.bytes = 0;
        int answerBytes = packets.authenticated() ? Node.ANY_LENGTH : bytes.length;
        node.onMessage(from, message, answerBytes, now, out);
        // What is passed on for another has the bound of the request, which came earlier.
        int queries = Parts.count(message, Message.Query.class);
        int aboutState = StateChecker.packets(message);
        // What a member may be sent about state has a bound of its own, in bytes each second.
        boolean bounded = !packets.authenticated() && !Parts.relays(message) && queries == 0 && aboutState == 0;
        // A member is told where this node is, once a packet, even if that takes more than its ping had.
        int most = bytes.length + (Parts.count(message, Message.Ping.class) > 0 ? COORDINATE_BYTES : 0);
        require(!bounded || out.bytes <= most, "answers are longer than the packet: ", out.bytes);
        int mostPackets = leaves + aboutState + queries * (1 + Replies.MAX_RELAYS);
        require(out.packets <= mostPackets, "more packets than messages: ", out.packets);
        int mostEvents = 2 * leaves + StateChecker.events(message);
        require(out.events <= mostEvents, "more than two events for each message: ", out.events);
        check();
    }

    /** A stream is opened and says this. It ends, unless it is one that stays open. */
    void request(byte[] bytes) {
        StreamMessage request = Parts.decode(streams.requestDecoder(), bytes);
        if (request != null) {
            causes += Parts.leaves(request);
            out.serving = ++requests;
            if (request.holds()) {
                held.add(requests);
            }
            node.onStreamRequest(requests, request, now, out);
            out.serving = 0;
            check();
        }
    }

    /** The oldest stream that the node opened gives this reply; of those that stay open, if there is no other. */
    void reply(byte[] bytes) {
        if (open.isEmpty() && !held.hasOwn()) {
            return;
        }
        StreamMessage reply = Parts.decode(streams.replyDecoder(), bytes);
        if (reply == null) {
            fail(StreamFailure.MALFORMED);
            return;
        }
        causes += Parts.leaves(reply);
        node.onStreamReply(taken(), reply, now, out);
        check();
    }

    /** The oldest stream that the node opened fails. */
    void fail(StreamFailure failure) {
        if (!open.isEmpty() || held.hasOwn()) {
            causes += 2;
            node.onStreamFailed(taken(), failure, "", now, out);
            check();
        }
    }

    /** The oldest stream that stays open, of either side, breaks. */
    void breakStream() {
        if (held.size() > 0) {
            causes += 2;
            node.onStreamBroken(held.take(), now, out);
            check();
        }
    }

    /** The node hears what it said last. */
    void reflect() {
        packet(ADDRESS, lastSent);
    }

    /** Time passes. Timers that come due meanwhile fire, the first ones in time, the others after a pause. */
    void pass(long nanos) {
        long until = now + nanos;
        for (int fired = 0; !timers.isEmpty() && timers.peek().at() <= until; fired++) {
            Due due = timers.poll();
            now = fired < TIMERS_IN_TIME ? due.at() : until;
            endStreams();
            out.packets = 0;
            int aboutState = StateChecker.packetsOfTimer(node.state().vitals());
            node.onTimer(due.timer(), now, out);
            // A farewell, beside the round of gossip, goes to whoever has a stream to this node.
            int most = config.indirectProbes() + config.gossipFanout() + 1 + held.size() + aboutState;
            require(out.packets <= most, "packets for one timer: ", out.packets);
            check();
        }
        now = until;
        endStreams();
    }

    /** The application says something, if it may: to all, to one, or to one over a stream; or asks, or answers. */
    void say(int how, Bytes content) {
        if (wire.serf()) {
            causes++;
            try {
                switch (how) {
                    case 0 -> node.fire("event", content, false, now, out);
                    case 1 -> node.ask(causes, new Question("ask", content, java.util.List.of(), true, 0, 3), now, out);
                    default -> node.answer(out.askedTime, out.askedId, content, now, out);
                }
            } catch (IllegalArgumentException | IllegalStateException refused) {
                // Too long, too late, too many: the application learns that.
                require(refused.getMessage() != null, "a refusal without a reason", 0);
            }
            check();
        } else {
            switch (how) {
                case 0 -> node.broadcast(null, content, now, out);
                case 1 -> node.sendUser(ADDRESS, content, now, out);
                default -> node.sendUserReliably(causes, ADDRESS, content, now, out);
            }
            while (!sent.isEmpty()) {
                node.onStreamSent(sent.poll(), now, out);
            }
            check();
        }
    }

    void join(Address seed) {
        node.join(joins++, seed, joins % 2 == 0, now, out);
        check();
    }

    void leave() {
        leaving = true;
        causes += 2;
        node.leave(now, out);
        check();
    }

    void forceLeave(String name, boolean prune) {
        node.forceLeave(name, prune, now, out);
        check();
    }

    void updateMeta(Bytes meta) {
        node.updateMeta(meta, now, out);
        check();
    }

    private void endStreams() {
        while (!open.isEmpty() && open.values().iterator().next() <= now) {
            fail(StreamFailure.TIMEOUT);
        }
    }

    private long taken() {
        if (open.isEmpty()) {
            return held.takeOwn();
        }
        long stream = open.keySet().iterator().next();
        open.remove(stream);
        return stream;
    }

    private void check() {
        int members = node.members().size();
        Vitals vitals = node.vitals();
        require(members <= MAX_MEMBERS, "members: ", members);
        require(vitals.suspicions() <= members, "suspicions: ", vitals.suspicions());
        require(vitals.queuedUpdates() <= 3 * Dissemination.LEAST_BOUND, "updates: ", vitals.queuedUpdates());
        require(vitals.health() < config.healthMax(), "health: ", vitals.health());
        require(timers.size() <= OWN_TIMERS + TIMERS_EACH * causes, "timers: ", timers.size());
        require(vitals.guards() == held.size(), "streams that stay open, by the node's count: ", vitals.guards());
        require(held.size() <= config.guards() + Guards.MAX_WARDS, "streams that stay open: ", held.size());
        StateChecker.check(node.state());
        MembersChecker.check(node, leaving);
    }

    /** Makes no text before it is needed. */
    static void require(boolean held, String otherwise, long number) {
        if (!held) {
            throw new AssertionError(otherwise + number);
        }
    }

    /** Encodes and checks what the node sends, and keeps what it waits for. */
    private final class Out implements Outbox {
        private int packets;
        private int events;
        private long bytes;
        private long serving;
        private long askedTime;
        private int askedId;

        @Override
        public void send(Address to, Message message) {
            packets++;
            StateChecker.sent(message);
            lastSent = NodeHarness.this.packets.encode(message);
            bytes += lastSent.length;
            require(lastSent.length <= config.packetBytes(), "bytes of a packet: ", lastSent.length);
            checker.packet(lastSent);
        }

        @Override
        public void open(long stream, Address to, StreamMessage request) {
            StateChecker.sent(request);
            checker.stream(streams.request(request), true);
            require(stream > 0, "stream ", stream);
            if (request.holds()) {
                require(held.add(stream), "opened twice: ", stream);
                return;
            }
            if (!request.expectsReply()) {
                sent.add(stream);
                return;
            }
            require(open.put(stream, now + config.streamTimeoutNanos()) == null, "opened twice: ", stream);
        }

        @Override
        public void reply(long stream, StreamMessage reply) {
            require(stream == serving, "a reply on a stream that has ended: ", stream);
            serving = 0;
            held.remove(stream);
            StateChecker.sent(reply);
            checker.stream(streams.reply(reply), false);
        }

        @Override
        public void close(long stream) {
            require(held.remove(stream), "closes what is not open: ", stream);
        }

        @Override
        public void schedule(long delayNanos, Timer timer) {
            require(delayNanos >= 0 && delayNanos < 1L << 60, "a timer in nanoseconds: ", delayNanos);
            timers.add(new Due(now + delayNanos, scheduled++, timer));
        }

        @Override
        public void emit(Event event) {
            events++;
            if (event instanceof Event.QueryAsked asked) {
                askedTime = asked.time();
                askedId = asked.id();
            }
        }
    }
}
