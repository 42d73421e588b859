package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.StreamFailure;
import dev.hearsay.core.StreamMessage;
import org.jspecify.annotations.Nullable;

/**
 * One stream: a connection, a request, at most one reply. The handshake takes one round trip, request and reply another.
 *
 * <p>The opener is answered exactly once. A machine without a process refuses the connection; when it is cut off, or when
 * the process there stands still, the stream times out after {@link dev.hearsay.core.Config#streamTimeoutNanos()}. A
 * request to a process that stands still waits with the packets and is answered if it goes on in time.
 *
 * <p>A stream whose request {@linkplain StreamMessage#holds holds} it stays open once there is a connection. When one side
 * closes it, or its process ends, the other hears of it one way later, unless they are cut off from each other: then it
 * stays open there, as nobody sends anything.
 */
final class Stream {
    /** Among the ordinals of failures. */
    private static final long BROKEN = -2;

    private static final int CONNECT = 1;
    private static final int ACCEPT = 2;
    private static final int REQUEST = 3;
    private static final int REPLY = 4;
    private static final int CLOSE = 5;

    private final Engine engine;
    private final SimProcess opener;
    private final long id;
    private final @Nullable SimNode target;
    private final Address address;
    private final StreamMessage request;
    private final int kind;
    private final long digest;
    private final long fate;
    private @Nullable SimProcess acceptor;
    private long number;
    /** The opener waits for nothing any more. */
    private boolean answered;
    /** The opener has a connection. */
    private boolean connected;
    /** The acceptor keeps it open. */
    private boolean held;

    /**
     * A stream that is about to be opened.
     *
     * @param id the opener's number for it
     * @param address whom to reach
     */
    Stream(Engine engine, SimProcess opener, long id, Address address, StreamMessage request) {
        this.engine = engine;
        this.opener = opener;
        this.id = id;
        this.target = engine.at(address);
        this.address = address;
        this.request = request;
        this.kind = engine.look(request).kind();
        this.digest = engine.look(request).hash();
        SimNode from = opener.node();
        this.fate =
                engine.links().fate(from.index(), target == null ? -1 : target.index(), kind, from.nextOfKind(kind));
    }

    /** Whoever opened it. */
    SimNode opener() {
        return opener.node();
    }

    /** The opener waits until then for an answer. */
    void limit() {
        SimNode from = opener.node();
        long limit = engine.after(from, engine.config().streamTimeoutNanos());
        engine.add(new Answer(limit, from.index(), from.nextSequence(), null, StreamFailure.TIMEOUT));
    }

    /** Reaches for the other machine. */
    void connect() {
        if (target != null) {
            step(CONNECT, opener.node(), target);
        }
    }

    /** The acceptor answers; nothing happens if the opener no longer waits. */
    void reply(StreamMessage reply) {
        SimProcess from = acceptor;
        if (from != null && held) {
            held = false;
            from.release(number);
        }
        if (from != null && !answered) {
            answer(from.node(), reply, StreamFailure.CLOSED);
        }
    }

    /** One side has closed it: it hears no more, the other side does. Whoever is gone has nobody to hear it. */
    void close(boolean byOpener) {
        SimProcess other = acceptor;
        if (byOpener) {
            answered = true;
            breakFor(other);
        } else if (other != null) {
            held = false;
            answer(other.node(), null, StreamFailure.CLOSED);
        }
    }

    /** Something on the way breaks it: both sides hear of it. */
    void cutOnTheWay() {
        SimProcess other = acceptor;
        breakFor(other);
        if (connected && other != null) {
            answer(other.node(), null, StreamFailure.CLOSED);
        }
    }

    private void breakFor(@Nullable SimProcess side) {
        if (side != null && held) {
            long latency = latency(CLOSE, opener.node(), side.node());
            if (latency >= 0) {
                engine.add(new Break(engine.now() + latency, side));
            }
        }
    }

    /** Puts the next leg on the way. If it cannot get through, nothing more happens until the timeout. */
    private void step(int leg, SimNode from, SimNode to) {
        long latency = latency(leg, from, to);
        if (latency >= 0) {
            engine.add(new Leg(engine.now() + latency, leg, from, to));
        }
    }

    /** Neither reply nor failure: the request was taken, and expects none. */
    private void answer(SimNode from, @Nullable StreamMessage reply, @Nullable StreamFailure failure) {
        long latency = reply == null ? latency(REPLY, from, opener.node()) : carried(REPLY, from, opener.node(), reply);
        if (latency >= 0) {
            engine.add(new Answer(engine.now() + latency, from.index(), from.nextSequence(), reply, failure));
        }
    }

    /** How long a leg takes that carries data: what the sender's uplink needs for it comes first. */
    private long carried(int leg, SimNode from, SimNode to, StreamMessage data) {
        Path path = engine.links().path(from.index(), to.index());
        long latency = latency(leg, from, to);
        if (latency < 0 || !path.limited()) {
            return latency;
        }
        long patience = engine.config().streamTimeoutNanos();
        long uplink = path.streamUplink(from.index(), engine.sizes().of(data), engine.now(), patience);
        return uplink < 0 ? -1 : uplink + latency;
    }

    private long latency(int leg, SimNode from, SimNode to) {
        return engine.links().isCut(from.index(), to.index())
                ? -1
                : engine.links().streamLatency(from.index(), to.index(), fate, leg);
    }

    /** A leg of the handshake: machines do this by themselves, even while the process stands still. */
    private final class Leg extends Occurrence {
        private final int leg;
        private final SimNode source;
        private final SimNode destination;

        Leg(long time, int leg, SimNode source, SimNode destination) {
            super(time, destination.index(), source.index(), source.nextSequence());
            this.leg = leg;
            this.source = source;
            this.destination = destination;
        }

        @Override
        void arrive() {
            if (answered || opener.node().process() != opener) {
                return;
            }
            if (leg == ACCEPT) {
                connected = true;
                long latency = carried(REQUEST, destination, source, request);
                if (latency >= 0) {
                    engine.add(new Request(engine.now() + latency, source, destination));
                }
                return;
            }
            if (!destination.address().equals(address) || destination.isOff()) {
                return;
            }
            acceptor = destination.process();
            if (acceptor == null) {
                answer(destination, null, StreamFailure.REFUSED);
            } else {
                step(ACCEPT, destination, source);
            }
        }
    }

    /** The request reaches the acceptor. */
    private final class Request extends Input {
        Request(long time, SimNode to, SimNode from) {
            super(time, to, from.index(), from.nextSequence());
        }

        @Override
        void arrive() {
            if (node.process() == acceptor) {
                engine.input(this);
            } else if (!answered && !node.isOff()) {
                answer(node, null, StreamFailure.CLOSED);
            }
        }

        @Override
        boolean stale() {
            return answered || node.process() != acceptor;
        }

        @Override
        void deliver(SimProcess to, long localNow) {
            engine.took(node, request);
            number = to.accept(reply -> reply(engine.carry(node, opener(), reply)));
            if (request.holds()) {
                held = true;
                to.hold(number, Stream.this);
            }
            to.core().onStreamRequest(number, request, localNow, to);
            if (request.holds()) {
                to.abandon(number);
            } else if (!request.expectsReply()) {
                answer(node, null, null);
            }
        }

        @Override
        int kind() {
            return kind;
        }

        @Override
        long digest() {
            return digest;
        }

        @Override
        Object content() {
            return request;
        }
    }

    /** The acceptor of a held stream hears that it has ended. */
    private final class Break extends Input {
        private final SimProcess side;

        Break(long time, SimProcess side) {
            super(time, side.node(), opener.node().index(), opener.node().nextSequence());
            this.side = side;
        }

        @Override
        void arrive() {
            engine.input(this);
        }

        @Override
        boolean stale() {
            return !held || node.process() != side;
        }

        @Override
        void deliver(SimProcess to, long localNow) {
            held = false;
            to.release(number);
            to.core().onStreamBroken(number, localNow, to);
        }

        @Override
        int kind() {
            return Digest.STREAM_FAILURE;
        }

        @Override
        long digest() {
            return BROKEN;
        }

        @Override
        Object content() {
            return "broken " + request;
        }
    }

    /** The opener learns how it went. The first answer counts, all later ones are stale. */
    private final class Answer extends Input {
        private final @Nullable StreamMessage reply;
        private final @Nullable StreamFailure failure;

        Answer(long time, int from, long sequence, @Nullable StreamMessage reply, @Nullable StreamFailure failure) {
            super(time, opener.node(), from, sequence);
            this.reply = reply;
            this.failure = failure;
        }

        @Override
        void arrive() {
            engine.input(this);
        }

        @Override
        boolean stale() {
            boolean inTime = failure == StreamFailure.TIMEOUT && connected && request.holds();
            return answered || inTime || node.process() != opener;
        }

        @Override
        void deliver(SimProcess to, long localNow) {
            answered = true;
            to.release(id);
            SimProcess other = acceptor;
            if (reply != null) {
                engine.took(node, reply);
                to.core().onStreamReply(id, reply, localNow, to);
                return;
            }
            if (other != null) {
                other.abandon(number);
            }
            if (request.holds() && failure == StreamFailure.CLOSED) {
                to.core().onStreamBroken(id, localNow, to);
            } else if (failure == null) {
                to.core().onStreamSent(id, localNow, to);
            } else {
                to.core().onStreamFailed(id, failure, failure.text(), localNow, to);
            }
        }

        @Override
        int kind() {
            return reply == null ? Digest.STREAM_FAILURE : engine.look(reply).kind();
        }

        @Override
        long digest() {
            return reply != null ? engine.look(reply).hash() : failure == null ? -1 : failure.ordinal();
        }

        @Override
        Object content() {
            return reply != null ? reply : failure == null ? "sent" : failure;
        }
    }
}
