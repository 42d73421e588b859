package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.Message;

/** A packet arrives at a machine. */
final class PacketArrival extends Input {
    private final Engine engine;
    private final Address source;
    private final Address destination;
    private final Message message;
    private final int bytes;
    private final int kind;
    private final long digest;

    /**
     * A packet on its way.
     *
     * @param from index of the sending machine
     * @param source where it says it comes from
     * @param bytes its length as it was sent
     * @param digest what {@link Digest} makes of the message
     */
    PacketArrival(
            Engine engine,
            long time,
            SimNode to,
            int from,
            Address source,
            long sequence,
            Message message,
            int bytes,
            int kind,
            long digest) {
        super(time, to, from, sequence);
        this.engine = engine;
        this.source = source;
        this.destination = to.address();
        this.message = message;
        this.bytes = bytes;
        this.kind = kind;
        this.digest = digest;
    }

    @Override
    void arrive() {
        engine.input(this);
    }

    /** Nobody listens there any more, or the machine has got another address meanwhile. */
    @Override
    boolean stale() {
        return node.process() == null || !node.address().equals(destination);
    }

    @Override
    void deliver(SimProcess to, long localNow) {
        node.packetsReceived++;
        node.bytesReceived += bytes;
        // Nothing is encrypted here: an answer may be as long as its packet.
        to.core().onMessage(source, message, engine.sizes().packet(message), localNow, to);
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
        return message;
    }
}
