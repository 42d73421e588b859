package dev.hearsay.core;

/**
 * The one way out of the core: everything a node does to the world goes through the outbox it was handed with the call.
 *
 * <p>The driver may act at once or collect; it must keep the order of calls to the same destination. No method throws
 * for reasons of the network: what fails comes back as an input or is simply lost, as on a real network.
 */
public interface Outbox {

    /** Sends one packet. It may be lost, duplicated, or overtaken by another. */
    void send(Address to, Message message);

    /**
     * Opens a stream, sends the request and waits for the reply. The driver answers exactly once, with
     * {@link Node#onStreamReply} or {@link Node#onStreamFailed}, within {@link Config#streamTimeoutNanos()}. A request
     * that {@linkplain StreamMessage#expectsReply expects no reply} is answered with {@link Node#onStreamSent} instead.
     *
     * <p>A request that {@linkplain StreamMessage#holds holds} its stream has no such bound once there is a connection. The
     * driver is silent while the stream is open; it still answers exactly once, unless the node {@linkplain #close closes}
     * the stream first: with {@link Node#onStreamBroken} if the connection ends, or as above if there was none or the peer
     * said something.
     *
     * @param stream chosen by the node, unique among its open streams, positive, below {@link Node#ACCEPTED_STREAMS}
     */
    void open(long stream, Address to, StreamMessage request);

    /** Answers a request that came in through {@link Node#onStreamRequest} with the same number, and ends that stream. */
    void reply(long stream, StreamMessage reply);

    /**
     * Ends a stream that is held, whoever opened it; the node hears no more of it. No effect if it has ended already: its
     * end may be on the way to the node.
     */
    void close(long stream);

    /** Asks for the timer back after the delay (nanoseconds, 0 or more). */
    void schedule(long delayNanos, Timer timer);

    /** Tells the application. */
    void emit(Event event);
}
