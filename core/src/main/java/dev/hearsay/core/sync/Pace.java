package dev.hearsay.core.sync;

import dev.hearsay.core.Config;
import dev.hearsay.core.Prng;
import dev.hearsay.core.membership.MemberTable;

/** How long a node waits between its periodic exchanges. */
final class Pace {
    private static final int UNSTRETCHED_MEMBERS = 32;
    private static final int UNSTRETCHED_LOG2 = 5;

    /** A node is young until it has begun so many periodic exchanges; the first comes after interval / 2^YOUTH. */
    private static final int YOUTH = 5;

    private final Config config;
    private final MemberTable table;
    private final Prng random;
    private int exchanges;

    /** The pace of a young node. */
    Pace(Config config, MemberTable table, Prng random) {
        this.config = config;
        this.table = table;
        this.random = random;
    }

    /** The node knows the others already. */
    void skipYouth() {
        exchanges = YOUTH;
    }

    /** One more periodic exchange has begun. */
    void begun() {
        exchanges = Math.min(YOUTH, exchanges + 1);
    }

    boolean young() {
        return exchanges < YOUTH;
    }

    /** Until the first exchange: nanoseconds. */
    long first() {
        return young() ? next(false) : random.delayBelow(stretched());
    }

    /**
     * Until the next exchange, in nanoseconds. A young node asks often, each time after twice the pause: of those that joined
     * along with it, its seed did not know all, and what is missing is squared with each exchange. The pauses vary by half,
     * so that nodes that started together do not stay in step.
     *
     * @param brief whether the exchange was begun with a digest, which costs the same in any cluster: then the interval is not
     *     stretched
     */
    long next(boolean brief) {
        if (!young()) {
            return brief ? config.pushPullIntervalNanos() : stretched();
        }
        long pause = config.pushPullIntervalNanos() >> (YOUTH - exchanges);
        return pause / 2 + random.delayBelow(pause);
    }

    /** Longer in large clusters, so that the load of an exchange, which grows with n, comes less often (memberlist). */
    private long stretched() {
        int n = table.live();
        if (n <= UNSTRETCHED_MEMBERS) {
            return config.pushPullIntervalNanos();
        }
        int log2 = Integer.SIZE - Integer.numberOfLeadingZeros(n - 1);
        return config.pushPullIntervalNanos() * (log2 - UNSTRETCHED_LOG2 + 1);
    }
}
