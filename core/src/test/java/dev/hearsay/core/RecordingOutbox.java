package dev.hearsay.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Writes down what a node does, one line an effect, in words that a transcript can hold. */
final class RecordingOutbox implements Outbox {
    private final List<String> lines = new ArrayList<>();
    private final Queue<Timer> due = new ArrayDeque<>();

    private Message.Query lastQuery;

    /** The query that the node asked last. */
    Message.Query lastQuery() {
        return lastQuery;
    }

    private void note(Message message) {
        if (message instanceof Message.Compound compound) {
            compound.parts().forEach(this::note);
        } else if (message instanceof Message.Query query
                && query.source().equals("n1")
                && (lastQuery == null || lastQuery.time() < query.time())) {
            lastQuery = query;
        }
    }

    /** What was recorded since the last call. */
    List<String> drain() {
        List<String> drained = List.copyOf(lines);
        lines.clear();
        return drained;
    }

    /** The next verification, which is due as soon as it is begun; null if there is none. */
    Timer nextDue() {
        return due.poll();
    }

    @Override
    public void send(Address to, Message message) {
        note(message);
        lines.add("send " + host(to) + ": " + Words.of(message));
    }

    @Override
    public void open(long stream, Address to, StreamMessage request) {
        lines.add("open " + host(to) + ": " + Words.of(request) + (request.holds() ? ", guard " + number(stream) : ""));
    }

    @Override
    public void reply(long stream, StreamMessage reply) {
        lines.add("reply #" + number(stream) + ": " + Words.of(reply));
    }

    @Override
    public void close(long stream) {
        lines.add("close " + (stream > Node.ACCEPTED_STREAMS ? "#" : "guard ") + number(stream));
    }

    @Override
    public void schedule(long delayNanos, Timer timer) {
        lines.add("in " + delayNanos / 1_000_000 + " ms: " + Words.of(timer));
        if (timer instanceof Timer.Verification) {
            due.add(timer);
        }
    }

    @Override
    public void emit(Event event) {
        lines.add("tell " + Words.of(event));
    }

    private static long number(long stream) {
        return stream & (Script.GUARDS - 1);
    }

    private static String host(Address address) {
        return address.host();
    }
}
