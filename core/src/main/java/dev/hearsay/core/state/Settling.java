package dev.hearsay.core.state;

import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;

/**
 * Which deletions may be forgotten: those that everybody has heard of. A node knows all that was written until a grace period ago, if it has
 * been in step with others all that time: then whatever there was anywhere has come here. Members that were away count from when they
 * were lost, until they are forgotten or have been back for a grace period. Another grace period is kept in any case, as it takes a while to see
 * that somebody is lost; and nobody forgets what another still keeps, because that one may know of somebody away whom this one has never met.
 */
final class Settling {
    private static final long NEVER = Long.MIN_VALUE;
    private static final int MISSED_EXCHANGES = 5;
    private static final long MOST_PATIENCE_NANOS = 60_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final StateConfig config;
    private final HybridClock clock;
    private final Merging merging;
    private final Partners partners;
    private final Alone alone;
    private final Counters counters;

    /** How long this node may have not been in step before it counts as having been away itself. */
    private final long patience;

    private final Absences absences;

    /** When the first of those was lost that are away. */
    private long lost = Long.MAX_VALUE;

    /** The least that others have said they have to keep. */
    private final Least theirs;

    /** When this node was last in step. */
    private long inStepAt = NEVER;

    /** Since when it has been in step without a pause. */
    private long wholeSince;

    /** What it has learned from others that it may forget. */
    private long adopted;

    /** To see when this node has not taken something: then it does not know everything. */
    private int refusals;

    /** Up to that stamp this node had what others had; 0 if it has not been in step yet. */
    private long inStep;

    Settling(
            StateConfig config, HybridClock clock, Merging merging, Partners partners, Alone alone, Counters counters) {
        this.config = config;
        this.clock = clock;
        this.merging = merging;
        this.partners = partners;
        this.alone = alone;
        this.counters = counters;
        this.patience = Math.max(
                MISSED_EXCHANGES * config.exchangeNanos(), Math.min(config.graceNanos() / 2, MOST_PATIENCE_NANOS));
        this.absences = new Absences(config.graceNanos());
        this.theirs = new Least(config.graceNanos());
    }

    /** What others are told. */
    StateFrame.Settled settled(long now) {
        return new StateFrame.Settled(known(now), keeps(now), clock.wallMillis(now));
    }

    /**
     * Another member says what it might forget. Returns false if its clock and this node's are too far apart: then one of them is wrong, and whoever
     * is ahead would take what others write now for long forgotten.
     */
    boolean hear(StateFrame.Settled settled, long now) {
        if (Math.abs(settled.wallMillis() - clock.wallMillis(now)) > config.skewNanos() / NANOS_PER_MILLI) {
            counters.count(Counter.STATE_CLOCKS_APART);
            return false;
        }
        theirs.hear(settled.keeps(), now);
        return true;
    }

    /** This node has all that another had at that stamp: what that one might forget, this one might, too. */
    void caughtUp(long stamp, StateFrame.Settled settled, long now, Outbox out) {
        if (hear(settled, now)) {
            inStep = Math.max(inStep, stamp);
            inStepAt = now;
            adopted = Math.max(adopted, settled.horizon());
            out.emit(new Event.StateSynced(alone.shared(inStep)));
            advance(now, out);
        }
    }

    /** Forgets what is old enough. */
    void advance(long now, Outbox out) {
        if (merging.refusals() != refusals) {
            refusals = merging.refusals();
            inStepAt = NEVER;
            adopted = 0;
        }
        if (inStepAt == NEVER || now - inStepAt > patience) {
            wholeSince = now;
        }
        lost = absences.look(partners.failed(), now);
        merging.settleUpTo(Math.min(Math.max(known(now), adopted), Math.min(keeps(now), theirs.value())), out);
    }

    /** Up to which stamp this node knows everything by itself; 0 if it has not been in step for long enough. */
    private long known(long now) {
        return inStepAt == NEVER || now - wholeSince < config.graceNanos() ? 0 : keeps(now);
    }

    /** Behind which stamp somebody may not have heard of deletions, as far as this node knows. */
    private long keeps(long now) {
        long known = Math.min(now - config.graceNanos(), lost);
        long margin = (config.graceNanos() + config.skewNanos()) / NANOS_PER_MILLI;
        return HybridClock.at(clock.wallMillis(known) - margin);
    }

    /** Goes on where an earlier process was in step. */
    void restore(long stamp) {
        inStep = stamp;
    }
}
