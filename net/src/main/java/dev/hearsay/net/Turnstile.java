package dev.hearsay.net;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets few push/pulls of one event loop be under way at a time, first come first served.
 *
 * <p>A push/pull among a thousand members takes a millisecond or two of the loop and half a megabyte while it lasts. A
 * thousand nodes in a process that begin theirs in the same second would all be slow, all at once, and pings would wait
 * behind them until members look dead. One behind the other, each is done soon after its turn comes. A stream that waits
 * too long for its turn runs into the stream timeout, like any other.
 *
 * <p>Used on its loop only.
 */
final class Turnstile {
    /** How many push/pulls that nodes of this loop began are under way at once. */
    static final int AT_ONCE = 16;

    private final Queue<Passenger> waiting = new ArrayDeque<>();
    private int inside;

    /** What waits for its turn. */
    @FunctionalInterface
    interface Passenger {
        /** The turn has come. False if it is not wanted any more; otherwise {@link Turnstile#leave} follows later. */
        boolean enter();
    }

    /** Lets the passenger in now, or when its turn comes. */
    void queue(Passenger passenger) {
        waiting.add(passenger);
        admit();
    }

    /** One that was let in is done. */
    void leave() {
        inside--;
        admit();
    }

    private void admit() {
        while (inside < AT_ONCE && !waiting.isEmpty()) {
            // Counted before it enters: it may be done at once.
            inside++;
            if (!waiting.remove().enter()) {
                inside--;
            }
        }
    }
}
