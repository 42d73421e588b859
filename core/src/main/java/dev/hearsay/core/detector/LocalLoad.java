package dev.hearsay.core.detector;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Health;
import dev.hearsay.core.Load;
import dev.hearsay.core.Outbox;

/**
 * What this node knows about itself because it was measured, where Lifeguard only infers it from missing answers
 * ({@link LocalHealth}). Two things follow from a measure:
 *
 * <pre>
 *   lag, as a share of the probe timeout     unsent bytes          score at least
 *   below 1/4                                below 256 KiB         0
 *   1/4 to 1/2                               256 to 512 KiB        1
 *   1/2 to 1         away                    512 KiB to 1 MiB      2
 *   1 and more       away                    1 MiB and more        3
 * </pre>
 *
 * The score falls by one each protocol period. A node that was <em>away</em> accuses nobody because of silence for one
 * protocol period from then on: the answers may be among the packets that it has not read yet, and the probes in flight and
 * the suspicions now due say nothing. It knows before its first wrong probe, because the driver reports the lag before the
 * timer that would conclude one, and because such a timer shows by itself how late it is. A node that is away again and
 * again goes on accusing when it has been awake for {@value #MOST_QUIET_PERIODS} periods in between: if everybody is as slow
 * as that, somebody has to judge.
 */
final class LocalLoad {
    /** A lag of the probe timeout over this raises the score to 1. */
    private static final int NOTICEABLE = 4;

    /** A lag of the probe timeout over this makes half a round trip doubtful: the node was away. */
    private static final int AWAY = 2;

    /** After so many periods awake, and none without a pause, silence counts again. */
    static final int MOST_QUIET_PERIODS = 10;

    /** Unsent bytes that raise the score to 1: what about 180 full packets hold. */
    private static final long NOTICEABLE_BYTES = 256 << 10;

    /** The worst lag is kept for this many slots of {@link #SLOT_NANOS} each: a minute. */
    private static final int SLOTS = 6;

    private static final long SLOT_NANOS = 10_000_000_000L;

    private final Config config;
    private final Counters counters;
    private final long[] worst = new long[SLOTS];
    private long slot = Long.MIN_VALUE;

    private int floor;
    private long floorSince;
    private Health.Reason reason = Health.Reason.HEALTHY;

    private long awakeSince;

    /** How long this node was awake, all together, between pauses that followed each other within a period. */
    private long awakeBetween;

    private long lastPause;
    private long lastCollection;

    LocalLoad(Config config, Counters counters) {
        this.config = config;
        this.counters = counters;
    }

    /** What a lag says, where a probe may take that long; see the table above. */
    static int floorOfLag(long lagNanos, long probeTimeoutNanos) {
        if (lagNanos < probeTimeoutNanos / NOTICEABLE) {
            return 0;
        }
        if (lagNanos < probeTimeoutNanos / AWAY) {
            return 1;
        }
        return lagNanos < probeTimeoutNanos ? 2 : 3;
    }

    /** What bytes say that the kernel does not take; see the table above. */
    static int floorOfUnsent(long bytes) {
        if (bytes < NOTICEABLE_BYTES) {
            return 0;
        }
        return bytes < 2 * NOTICEABLE_BYTES ? 1 : bytes < 4 * NOTICEABLE_BYTES ? 2 : 3;
    }

    /** Takes a measure; says so if it shows that this node was away. */
    void report(Load load, long now, Outbox out) {
        if (!config.measuredHealth()) {
            return;
        }
        remember(load.lagNanos(), now);
        advance(now);
        int ofLag = floorOfLag(load.lagNanos(), config.probeTimeoutNanos());
        int ofUnsent = floorOfUnsent(load.unsentBytes());
        boolean collection = load.collectionNanos() * 2 > load.lagNanos();
        if (ofLag > 0 || ofUnsent > 0) {
            Health.Reason cause =
                    ofUnsent > ofLag ? Health.Reason.UNSENT : collection ? Health.Reason.COLLECTION : Health.Reason.LAG;
            raise(Math.max(ofLag, ofUnsent), cause, now);
        }
        if (load.lagNanos() >= config.probeTimeoutNanos() / AWAY) {
            pause(load, now, out);
        }
    }

    private void raise(int to, Health.Reason cause, long now) {
        int most = Math.min(to, config.healthMax() - 1);
        if (most >= floor) {
            floor = most;
            floorSince = now;
            reason = cause;
        }
    }

    /** Several timers may show the same pause: each that was due before it was noticed. */
    private void pause(Load load, long now, Outbox out) {
        long between = now - load.lagNanos() - awakeSince;
        boolean known = lastPause > 0 && between < 0;
        awakeSince = now;
        if (known) {
            return;
        }
        boolean again = lastPause > 0 && between < config.protocolPeriodNanos();
        awakeBetween = again ? awakeBetween + between : 0;
        lastPause = load.lagNanos();
        lastCollection = Math.min(load.collectionNanos(), load.lagNanos());
        counters.count(Counter.LOCAL_PAUSES);
        out.emit(new Event.LocalPause(lastPause, lastCollection));
    }

    /**
     * Whether silence says nothing at this moment, because this node was away until a short while ago: as measured, or as
     * the timer shows that leads to the question.
     *
     * @param due when that timer was due
     */
    boolean away(long due, long now, Outbox out) {
        long late = now - due;
        if (late >= config.probeTimeoutNanos() / AWAY) {
            report(new Load(late, 0, 0), now, out);
        }
        long awake = now - awakeSince;
        long period = config.protocolPeriodNanos();
        return lastPause > 0 && awake < period && awakeBetween + awake < MOST_QUIET_PERIODS * period;
    }

    /** The score falls with time. */
    void advance(long now) {
        long periods = (now - floorSince) / config.protocolPeriodNanos();
        if (floor > 0 && periods > 0) {
            floor = (int) Math.max(0, floor - periods);
            floorSince += periods * config.protocolPeriodNanos();
        }
        roll(now);
    }

    /** The least that the health score may be, as of the last {@link #advance}: 0 to healthMax - 1. */
    int floor() {
        return floor;
    }

    /** What is known, for people. */
    Health health(int inferred) {
        long worstLag = 0;
        for (long each : worst) {
            worstLag = Math.max(worstLag, each);
        }
        Health.Reason shown =
                floor > 0 && floor >= inferred ? reason : inferred > 0 ? Health.Reason.PROBES : Health.Reason.HEALTHY;
        return new Health(shown, worstLag, lastPause, lastCollection);
    }

    private void remember(long lag, long now) {
        roll(now);
        int at = (int) Math.floorMod(slot, (long) SLOTS);
        worst[at] = Math.max(worst[at], lag);
    }

    private void roll(long now) {
        long current = Math.floorDiv(now, SLOT_NANOS);
        for (long next = Math.max(slot + 1, current - SLOTS + 1); next <= current; next++) {
            worst[(int) Math.floorMod(next, (long) SLOTS)] = 0;
        }
        slot = Math.max(slot, current);
    }
}
