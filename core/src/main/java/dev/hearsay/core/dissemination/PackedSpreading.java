package dev.hearsay.core.dissemination;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Message;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.membership.MemberTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What spreads a user event in many nodes, which all have the same one and nothing else to spread, at 64 bytes a node instead of a kilobyte: one
 * {@link Dissemination}, {@link Gossip} and {@link Forwarding} that takes up the state of one node after the other from an array of
 * numbers. For a simulation of a million nodes, which waits for memory more than for anything else.
 *
 * <p>A node is {@linkplain #begin begun} or {@linkplain #unpack unpacked}, takes one input, and is {@linkplain #pack packed}. Of the table and
 * the configuration all nodes have the same.
 */
public final class PackedSpreading {
    /** How many numbers the state of a node is. */
    public static final int STATE_INTS = 16;

    private static final int FORWARDING = Prng.STATE_INTS;
    private static final int TRANSMITS = FORWARDING + Forwarding.STATE_INTS;
    private static final int CREDIT = TRANSMITS + 1;
    private static final int NUMBERED = CREDIT + 1;

    /** In place of how often the event was sent: it is not spread, not yet or no more. */
    private static final int NONE = -1;

    /** The subject of a node's first user event. */
    private static final Update.Subject SUBJECT = new Update.Subject(Update.Kind.EVENT, "1");

    private final Config config;
    private final MemberTable table;
    private final Sizes sizes;
    private final Dissemination dissemination;
    private final TransmitQueue queue;
    private final Message.UserEvent event;
    private final int bytes;

    /** The event in the queue; null if the node last turned to does not spread it. */
    private @Nullable Update update;

    private @Nullable Prng random;
    private @Nullable Gossip gossip;
    private @Nullable Forwarding forwarding;

    /** Makes what spreads that event, and nothing else, in nodes that share all of this. */
    public PackedSpreading(Config config, MemberTable table, Sizes sizes, Counters counters, Message.UserEvent event) {
        this.config = config;
        this.table = table;
        this.sizes = sizes;
        this.dissemination = new Dissemination(config, table, sizes, counters);
        this.queue = dissemination.user();
        this.event = event;
        this.bytes = sizes.of(event);
    }

    /** Turns to a node that has not done anything yet. */
    public void begin(String self, long seed) {
        resume(NONE);
        dissemination.resume(0, 0);
        turnTo(self, new Prng(seed));
        forwarding = new Forwarding(config, dissemination, gossip());
    }

    /** Turns to a node whose state begins there. */
    public void unpack(String self, int[] state, int at) {
        resume(state[at + TRANSMITS]);
        dissemination.resume(state[at + CREDIT], state[at + NUMBERED]);
        turnTo(self, new Prng(state, at));
        forwarding = new Forwarding(config, dissemination, gossip(), state, at + FORWARDING);
    }

    /** Puts the state of the node away. Returns whether it still spreads the event. */
    public boolean pack(int[] state, int at) {
        Objects.requireNonNull(random).copyTo(state, at);
        forwarding().copyTo(state, at + FORWARDING);
        boolean spreads = queue.size() > 0;
        if (!spreads) {
            update = null;
        } else if (update == null) {
            update = queue.find(SUBJECT);
        }
        state[at + TRANSMITS] = update == null ? NONE : update.transmits;
        state[at + CREDIT] = dissemination.credit();
        state[at + NUMBERED] = (int) dissemination.numbered();
        return spreads;
    }

    /** The queue becomes one whose event has been sent so often. */
    private void resume(int transmits) {
        Update held = update;
        if (transmits == NONE) {
            if (held != null) {
                queue.remove(held);
                update = null;
            }
            return;
        }
        if (held == null) {
            held = new Update(SUBJECT, event, bytes, false);
            queue.put(held);
            update = held;
        }
        queue.recount(held, transmits);
    }

    /** That of the node turned to. */
    public Dissemination dissemination() {
        return dissemination;
    }

    /** That of the node turned to. */
    public Gossip gossip() {
        return Objects.requireNonNull(gossip);
    }

    /** That of the node turned to. */
    public Forwarding forwarding() {
        return Objects.requireNonNull(forwarding);
    }

    private void turnTo(String self, Prng its) {
        random = its;
        gossip = new Gossip(self, config, table, dissemination, sizes, its);
    }

    static long number(int[] state, int at) {
        return (long) state[at] << Integer.SIZE | (state[at + 1] & 0xFFFFFFFFL);
    }

    static void putNumber(long number, int[] state, int at) {
        state[at] = (int) (number >>> Integer.SIZE);
        state[at + 1] = (int) number;
    }
}
