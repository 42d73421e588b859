package dev.hearsay.sim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A machine that is slow: each input takes it so long, and the others wait for their turn. What a process does about an input
 * happens at the end of that time.
 *
 * <p>It takes inputs in the order of an event loop, a few packets and then all timers that are due, and measures how late it
 * is as a driver does: by its timers, and by a beat every {@value #BEAT_NANOS} ns that tells when the loop last got to them.
 */
final class Processor {
    /** A driver's loop looks so often how late it is. */
    private static final long BEAT_NANOS = 100_000_000;

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Engine engine;
    private final SimNode node;
    private final long perInput;
    private @Nullable Turn turn;
    private int packetsInRow;
    private long lookedAtTimers;

    Processor(Engine engine, SimNode node, Duration perInput) {
        this.engine = engine;
        this.node = node;
        this.perInput = perInput.toNanos();
    }

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the time is negative or above an hour
     */
    static void check(Duration perInput) {
        if (perInput.isNegative() || perInput.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("perInput " + perInput + " is out of range: must be 0 to " + LONGEST);
        }
    }

    /** Something waits: takes it if there is nothing at hand. */
    void wake() {
        if (turn == null) {
            packetsInRow = 0;
            lookedAtTimers = engine.now();
            begin();
        }
    }

    /** Lets go of what is at hand; null if there is nothing. */
    @Nullable Input drop() {
        Turn dropped = turn;
        turn = null;
        return dropped == null ? null : dropped.input;
    }

    private void begin() {
        long now = engine.now();
        // Before it turns to its timers, and with them to the beat.
        long overdue = now - lookedAtTimers - BEAT_NANOS;
        Input next = node.isPaused() ? null : next();
        while (next != null && next.stale()) {
            engine.take(next, 0);
            next = next();
        }
        if (next != null) {
            long late = next instanceof TimerDue ? now - next.time : 0;
            turn = new Turn(now + perInput, next, Math.max(late, overdue));
            engine.add(turn);
        }
    }

    private @Nullable Input next() {
        Inbox inbox = node.inbox();
        boolean timersFirst = node.isBlocked() || packetsInRow >= SimNode.PACKETS_BEFORE_TIMERS;
        Input message = timersFirst ? null : inbox.next(false);
        if (message != null) {
            packetsInRow++;
            return message;
        }
        lookedAtTimers = engine.now();
        Input timer = inbox.next(true);
        if (timer != null) {
            return timer;
        }
        packetsInRow = 1;
        return node.isBlocked() ? null : inbox.next(false);
    }

    /** The end of what one input takes. */
    private final class Turn extends Occurrence {
        private final Input input;
        private final long lag;

        Turn(long time, Input input, long lag) {
            super(time, node.index(), node.index(), node.nextSequence());
            this.input = input;
            this.lag = lag;
        }

        @Override
        void arrive() {
            if (turn != this) {
                return;
            }
            turn = null;
            if (node.isPaused()) {
                node.inbox().putBack(input);
            } else {
                engine.take(input, lag);
                begin();
            }
        }
    }
}
