package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;

/** For looking at messages: nothing may be sent while doing so. */
final class ClosedOutbox implements Outbox {
    @Override
    public void send(Address to, Message message) {
        throw new IllegalStateException("nothing can be sent from here");
    }

    @Override
    public void open(long stream, Address to, StreamMessage request) {
        throw new IllegalStateException("nothing can be opened from here");
    }

    @Override
    public void reply(long stream, StreamMessage reply) {
        throw new IllegalStateException("nothing can be answered from here");
    }

    @Override
    public void close(long stream) {
        throw new IllegalStateException("nothing can be closed from here");
    }

    @Override
    public void schedule(long delayNanos, Timer timer) {
        throw new IllegalStateException("nothing can be scheduled from here");
    }

    @Override
    public void emit(Event event) {
        throw new IllegalStateException("nothing can be emitted from here");
    }
}
