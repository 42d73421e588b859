package dev.hearsay.agent.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The last {@value #LINES} log lines, and whoever wants to hear the next ones (Serf's {@code logWriter}). Thread-safe.
 *
 * <p>A subscriber is called under the ring's lock, so that it sees the remembered lines and then every later one, in order,
 * none missing and none twice. It must not block and must not log.
 */
public final class LogRing {
    /** How many lines are remembered. */
    public static final int LINES = 512;

    private final Deque<LogLine> lines = new ArrayDeque<>(LINES);
    private final List<Consumer<LogLine>> subscribers = new ArrayList<>();

    /** Remembers a line, forgets the oldest if need be, and tells the subscribers. */
    public synchronized void add(LogLine line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
        for (Consumer<LogLine> subscriber : subscribers) {
            subscriber.accept(line);
        }
    }

    /** Calls the subscriber with each remembered line and then with each new one, until {@link #unsubscribe}. */
    public synchronized void subscribe(Consumer<LogLine> subscriber) {
        lines.forEach(subscriber);
        subscribers.add(subscriber);
    }

    /** No call begins after this returned. */
    public synchronized void unsubscribe(Consumer<LogLine> subscriber) {
        subscribers.remove(subscriber);
    }
}
