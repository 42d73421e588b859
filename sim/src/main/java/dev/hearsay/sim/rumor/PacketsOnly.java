package dev.hearsay.sim.rumor;

import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;

/** What spreads rumors opens no streams. */
abstract class PacketsOnly implements Outbox {

    /** Takes no notice of anything: for a node that repeats what it has done before. */
    static final Outbox DEAF = new PacketsOnly() {
        @Override
        public void send(Address to, Message message) {}

        @Override
        public void schedule(long delayNanos, Timer timer) {}

        @Override
        public void emit(Event event) {}
    };

    @Override
    public final void open(long stream, Address to, StreamMessage request) {
        throw new IllegalStateException("a node that only spreads opens a stream to " + to + ": " + request);
    }

    @Override
    public final void reply(long stream, StreamMessage reply) {
        throw new IllegalStateException("a node that only spreads answers on a stream: " + reply);
    }

    @Override
    public final void close(long stream) {
        throw new IllegalStateException("a node that only spreads closes stream " + stream);
    }
}
