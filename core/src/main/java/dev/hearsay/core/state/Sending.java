package dev.hearsay.core.state;

import dev.hearsay.core.Address;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.StreamMessage;

/** Everything about shared state that leaves this node goes through here: it is counted, and paid for out of the node's budget. */
final class Sending {
    /** Bytes of a hash in a message. */
    static final int HASH = Long.BYTES;

    /** Marks the numbers of streams that this node opens for shared state. */
    private static final long STREAMS = 1L << 35;

    /** Bytes of lists and numbers in a message, at most: their lengths, and hops. */
    private static final int AROUND = 16;

    private final Config config;
    private final Sizes sizes;
    private final Counters counters;
    private final Budget budget;
    private long lastStream;

    Sending(Config config, long bytesPerSecond, Sizes sizes, Counters counters) {
        this.config = config;
        this.sizes = sizes;
        this.counters = counters;
        this.budget = new Budget(bytesPerSecond);
    }

    /** What may be sent. */
    Budget budget() {
        return budget;
    }

    /** Bytes of entries and hashes that fit into a packet. */
    int room() {
        return config.packetBytes()
                - sizes.packetOverhead()
                - sizes.of(new Message.State(StateFrame.News.NOTHING))
                - AROUND;
    }

    /** Bytes of an entry in a message. */
    int bytes(Entry entry) {
        return sizes.entry(entry) + 1;
    }

    /** One packet. Returns its bytes. */
    int packet(Address to, StateFrame frame, Outbox out) {
        Message.State message = new Message.State(frame);
        int bytes = sizes.packet(message);
        pay(bytes);
        out.send(to, message);
        return bytes;
    }

    /** A request over a stream. Returns the stream's number. */
    long request(Address to, StateFrame frame, Outbox out) {
        long stream = STREAMS | ++lastStream;
        StreamMessage.StateExchange request = new StreamMessage.StateExchange(frame);
        pay(sizes.of(request));
        out.open(stream, to, request);
        return stream;
    }

    /** The answer to a request. */
    void reply(long stream, StateFrame frame, Outbox out) {
        StreamMessage.StateExchange reply = new StreamMessage.StateExchange(frame);
        pay(sizes.of(reply));
        out.reply(stream, reply);
    }

    boolean owns(long stream) {
        return (stream & STREAMS) != 0;
    }

    private void pay(long bytes) {
        budget.spend((int) bytes);
        counters.add(Counter.STATE_BYTES_SENT, (int) bytes);
    }
}
