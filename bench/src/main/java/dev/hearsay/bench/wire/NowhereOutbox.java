package dev.hearsay.bench.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;

/** Lets everything fall: what a node does with its effects is measured elsewhere. */
class NowhereOutbox implements Outbox {
    static final Outbox INSTANCE = new NowhereOutbox();

    @Override
    public void send(Address to, Message message) {}

    @Override
    public void open(long stream, Address to, StreamMessage request) {}

    @Override
    public void reply(long stream, StreamMessage reply) {}

    @Override
    public void close(long stream) {}

    @Override
    public void schedule(long delayNanos, Timer timer) {}

    @Override
    public void emit(Event event) {}
}
