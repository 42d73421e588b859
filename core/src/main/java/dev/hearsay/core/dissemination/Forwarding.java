package dev.hearsay.core.dissemination;

import dev.hearsay.core.Config;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Timer;

/**
 * Forwards what has just been heard, instead of leaving it to the next gossip tick, which is half an interval away on
 * average, at every hop. A first round comes after {@link Config#forwardDelayNanos()}, in which what arrives together is
 * gathered; further rounds follow after longer and longer pauses, until three quarters of the sends that an update is
 * allowed are used. The rest is left to the tick: whoever is deaf for a moment hears it then. So as much is sent as ever,
 * only sooner.
 *
 * <p>News that keeps coming must not become a packet for each piece of it. Rounds are paid for out of a bucket that holds
 * {@value #BURST} and gains {@value #ROUNDS_PER_INTERVAL} each gossip interval. When it is empty, the tick does it.
 */
public final class Forwarding {
    /** Rounds that may follow each other after a quiet time: what two or three pieces of news need. */
    static final int BURST = 8;

    /** Rounds in each gossip interval while news keeps coming; the tick's own is beside them. */
    static final int ROUNDS_PER_INTERVAL = 4;

    /** Each pause is so many times the one before: 1, 3, 9 and 27 ms in a LAN of 1,000. */
    private static final int GROWTH = 3;

    /** How many numbers the state is. */
    static final int STATE_INTS = 9;

    private static final int STARTED = 1;
    private static final int WAITING = 2;

    private final Dissemination dissemination;
    private final Gossip gossip;
    private final long delay;
    private final long price;

    /** What the bucket holds, as the nanoseconds in which it gained that. */
    private long saved;

    private long savedAt;
    private boolean started;

    /** The timer that counts; those with other numbers are stale. */
    private int number;

    private boolean waiting;
    private long due;
    private long pause;

    /** Makes the forwarding of a node. */
    public Forwarding(Config config, Dissemination dissemination, Gossip gossip) {
        this.dissemination = dissemination;
        this.gossip = gossip;
        this.delay = config.forwardDelayNanos();
        this.price = Math.max(1, config.gossipIntervalNanos() / ROUNDS_PER_INTERVAL);
        this.saved = BURST * price;
    }

    /** Goes on where another was, which has been {@linkplain #copyTo copied} there. */
    Forwarding(Config config, Dissemination dissemination, Gossip gossip, int[] state, int at) {
        this(config, dissemination, gossip);
        saved = PackedSpreading.number(state, at);
        savedAt = PackedSpreading.number(state, at + 2);
        due = PackedSpreading.number(state, at + 4);
        pause = PackedSpreading.number(state, at + 6);
        number = state[at + 8] >>> 2;
        started = (state[at + 8] & STARTED) != 0;
        waiting = (state[at + 8] & WAITING) != 0;
    }

    /** Copies the state, {@value #STATE_INTS} numbers. */
    void copyTo(int[] state, int at) {
        PackedSpreading.putNumber(saved, state, at);
        PackedSpreading.putNumber(savedAt, state, at + 2);
        PackedSpreading.putNumber(due, state, at + 4);
        PackedSpreading.putNumber(pause, state, at + 6);
        state[at + 8] = number << 2 | (started ? STARTED : 0) | (waiting ? WAITING : 0);
    }

    /**
     * This node itself tells everybody something: it goes by mail at once, besides being spread. That costs a round; when none
     * can be paid, because it has had much to tell, spreading it has to do.
     */
    public void mail(Message message, long now, Outbox out) {
        if (delay > 0 && pay(now)) {
            gossip.mail(message, out);
        }
        afterInput(now, out);
    }

    /** After each input: if it brought something new to spread, a round is due soon. */
    public void afterInput(long now, Outbox out) {
        if (!dissemination.pollArrived() || delay == 0) {
            return;
        }
        pause = delay;
        if (!waiting || due - now > delay) {
            schedule(now, out);
        }
    }

    /** Sends a round, if it can be paid for, and asks for the next. */
    public void onTimer(Timer.Forward timer, long now, Outbox out) {
        if (!waiting || timer.number() != number) {
            return;
        }
        waiting = false;
        if (dissemination.urgent() && pay(now) && gossip.forward(now, out) && dissemination.urgent()) {
            pause *= GROWTH;
            schedule(now, out);
        }
    }

    private void schedule(long now, Outbox out) {
        waiting = true;
        due = now + pause;
        out.schedule(pause, new Timer.Forward(++number));
    }

    private boolean pay(long now) {
        if (!started) {
            started = true;
            savedAt = now;
        }
        saved = Math.min(BURST * price, saved + (now - savedAt));
        savedAt = now;
        if (saved < price) {
            return false;
        }
        saved -= price;
        return true;
    }
}
