package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Node;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A running process: the protocol's state machine on a machine, from its start until it is killed or has left. */
final class SimProcess implements Outbox {
    private final Engine engine;
    private final SimNode node;
    private final Node core;
    // Streams that peers opened and this process has not answered. Looked up by number only.
    private final Map<Long, Consumer<StreamMessage>> accepted = new HashMap<>();
    // Streams that stay open, of both sides, in their order: a process that ends closes one after the other.
    private final Map<Long, Stream> held = new LinkedHashMap<>();
    private long lastStream = Node.ACCEPTED_STREAMS;

    SimProcess(Engine engine, SimNode node, Node core) {
        this.engine = engine;
        this.node = node;
        this.core = core;
    }

    Engine engine() {
        return engine;
    }

    SimNode node() {
        return node;
    }

    Node core() {
        return core;
    }

    /** Gives a stream from a peer a number of its own. */
    long accept(Consumer<StreamMessage> replies) {
        accepted.put(++lastStream, replies);
        return lastStream;
    }

    /** From now on that stream is closed when the process ends. */
    void hold(long number, Stream stream) {
        held.put(number, stream);
    }

    /** A held stream has ended. */
    void release(long number) {
        held.remove(number);
    }

    /** The streams that stay open, of both sides, by the number they have here. */
    Map<Long, Stream> held() {
        return held;
    }

    /** The process is gone: its machine closes its streams. */
    void closeStreams() {
        held.forEach((number, stream) -> stream.close(opened(number)));
        held.clear();
    }

    /** The peer no longer waits. */
    void abandon(long number) {
        accepted.remove(number);
    }

    @Override
    public void send(Address to, Message message) {
        engine.send(node, to, message);
    }

    @Override
    public void open(long stream, Address to, StreamMessage request) {
        Stream opened = new Stream(engine, this, stream, to, engine.carry(node, engine.at(to), request));
        opened.limit();
        if (request.holds()) {
            hold(stream, opened);
        }
        if (!node.isBlocked()) {
            opened.connect();
        } else {
            node.hold(opened::connect, engine.now());
        }
    }

    @Override
    public void reply(long number, StreamMessage reply) {
        Consumer<StreamMessage> replies = accepted.remove(number);
        if (replies == null) {
            throw new IllegalStateException(node.name() + " answers stream " + number + ", which is not open");
        }
        replies.accept(reply);
    }

    @Override
    public void close(long number) {
        Stream stream = held.remove(number);
        if (stream != null) {
            stream.close(opened(number));
        }
    }

    /** Whether this process is the one that opened the stream with that number. */
    static boolean opened(long number) {
        return number < Node.ACCEPTED_STREAMS;
    }

    @Override
    public void schedule(long delayNanos, Timer timer) {
        engine.add(new TimerDue(engine.after(node, delayNanos), this, node.nextSequence(), timer));
    }

    @Override
    public void emit(Event event) {
        engine.emitted(node, event);
    }
}
