package dev.hearsay.core.state;

import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this node may forget, and what nobody else has yet.
 *
 * <p>Deletions are forgotten a grace period after all members were last together, if that was a grace period ago: see {@link #advance}. Of its own writes a node remembers which it has not seen at another member: if they come back as
 * {@link Merging.Outcome#FORGOTTEN}, it was alone for too long, and writes them anew instead of losing them.
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
    private final Counters counters;

    /** This node's own writes that no other member is known to have, by hash. */
    private final Map<Long, Entry> alone = new LinkedHashMap<>();

    /** How long this node may have not been in step before it counts as having been away. */
    private final long patience;

    /** When this node was last in step. */
    private long inStepAt = NEVER;

    /** Since when it has been in step without a pause. */
    private long wholeSince = NEVER;

    /** When the first of those that are away, or came back less than a grace period ago, was lost; as seen at {@link #lostAt}. */
    private long lost = Long.MAX_VALUE;

    private long lostAt;

    /** To see when this node has not taken something: then it does not know everything. */
    private int refusals;

    /** Up to that stamp this node had what others had; 0 if it has not been in step yet. */
    private long inStep;

    Settling(StateConfig config, HybridClock clock, Merging merging, Partners partners, Counters counters) {
        this.counters = counters;
        this.patience = Math.max(
                MISSED_EXCHANGES * config.exchangeNanos(), Math.min(config.graceNanos() / 2, MOST_PATIENCE_NANOS));
        this.config = config;
        this.clock = clock;
        this.merging = merging;
        this.partners = partners;
    }

    /** This node has written an entry. */
    void wrote(@Nullable Entry before, Entry entry) {
        if (before != null) {
            alone.remove(before.hash());
        }
        alone.put(entry.hash(), entry);
    }

    /** Something took the place of that entry. */
    void replaced(@Nullable Entry before) {
        if (before != null) {
            alone.remove(before.hash());
        }
    }

    /** Whether nobody else is known to have this. */
    boolean alone(Entry entry) {
        return alone.containsKey(entry.hash());
    }

    /** How many of this node's own writes nobody else is known to have. */
    int alone() {
        return alone.size();
    }

    /** Another member has all that is here but these. */
    void lacking(Collection<Long> hashes) {
        if (!alone.isEmpty()) {
            Set<Long> lacking = new HashSet<>(hashes);
            alone.keySet().removeIf(hash -> !lacking.contains(hash));
        }
    }

    /** At that stamp another member had the same. */
    void equal(long stamp, StateFrame.Settled theirs, long now, Outbox out) {
        alone.values().removeIf(entry -> entry.time() <= stamp);
        caughtUp(stamp, theirs, now, out);
    }

    /** What this node has forgotten. */
    StateFrame.Settled settled(long now) {
        return new StateFrame.Settled(merging.horizon(), clock.wallMillis(now));
    }

    /**
     * This node has all that another had at that stamp: what that one need not remember, this one need not either. But if the clocks are too
     * far apart, one of them is wrong; whoever is ahead would take what others write now for long forgotten.
     */
    void caughtUp(long stamp, StateFrame.Settled theirs, long now, Outbox out) {
        long apart = Math.abs(theirs.wallMillis() - clock.wallMillis(now));
        if (apart > config.skewNanos() / NANOS_PER_MILLI) {
            counters.count(Counter.STATE_CLOCKS_APART);
            return;
        }
        inStep = Math.max(inStep, stamp);
        inStepAt = now;
        merging.settleUpTo(Math.min(theirs.horizon(), clock.time(now)), out);
        out.emit(new Event.StateSynced(shared()));
        advance(now, out);
    }

    /**
     * Forgets what is old enough. This node knows all that was written until a grace period ago, if it has been in step all that time: then
     * whatever there was anywhere has come here. Members that were away count from when they were lost, until they are forgotten, or have been back
     * for a grace period. Another grace period is kept in any case, as it takes a while to see that somebody is lost.
     */
    void advance(long now, Outbox out) {
        if (merging.refusals() != refusals) {
            refusals = merging.refusals();
            inStepAt = NEVER;
        }
        if (inStepAt == NEVER || now - inStepAt > patience) {
            wholeSince = now;
        }
        long away = partners.awaySince(now);
        if (away <= lost || now - lostAt >= config.graceNanos()) {
            lost = away;
            lostAt = now;
        }
        if (now - wholeSince >= config.graceNanos()) {
            long known = Math.min(now - config.graceNanos(), lost);
            long margin = (config.graceNanos() + config.skewNanos()) / NANOS_PER_MILLI;
            merging.settleUpTo(HybridClock.at(clock.wallMillis(known) - margin), out);
        }
    }

    /** Up to that stamp others have what this node has written. */
    private long shared() {
        long shared = inStep;
        for (Entry entry : alone.values()) {
            shared = Math.min(shared, entry.time() - 1);
        }
        return shared;
    }

    /** Goes on where an earlier process was in step. */
    void restore(long stamp) {
        inStep = stamp;
    }
}
