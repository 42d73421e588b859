package dev.hearsay.core.state;

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
 * <p>Deletions are forgotten when they are older than the grace period, if this node has been in step with another since, and if no member is
 * away that was there before them. Of its own writes a node remembers which it has not seen at another member: if they come back as
 * {@link Merging.Outcome#FORGOTTEN}, it was alone for too long, and writes them anew instead of losing them.
 */
final class Settling {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final StateConfig config;
    private final HybridClock clock;
    private final Merging merging;
    private final Partners partners;

    /** This node's own writes that no other member is known to have, by hash. */
    private final Map<Long, Entry> alone = new LinkedHashMap<>();

    /** Up to that stamp this node had what others had; 0 if it has not been in step yet. */
    private long inStep;

    Settling(StateConfig config, HybridClock clock, Merging merging, Partners partners) {
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
    void equal(long stamp, long horizon, long now, Outbox out) {
        alone.values().removeIf(entry -> entry.time() <= stamp);
        caughtUp(stamp, horizon, now, out);
    }

    /** This node has all that another had at that stamp: what that one need not remember, this one need not either. */
    void caughtUp(long stamp, long horizon, long now, Outbox out) {
        inStep = Math.max(inStep, stamp);
        merging.settleUpTo(Math.min(horizon, clock.time(now)), out);
        out.emit(new Event.StateSynced(inStep));
        advance(now, out);
    }

    /** Forgets what is old enough. */
    void advance(long now, Outbox out) {
        if (inStep == 0) {
            return;
        }
        long away = HybridClock.at(clock.wallMillis(partners.awaySince(now)) - config.skewNanos() / NANOS_PER_MILLI);
        long grace = HybridClock.at(clock.wallMillis(now) - config.graceNanos() / NANOS_PER_MILLI);
        merging.settleUpTo(Math.min(Math.min(grace, away), inStep), out);
    }

    /** Goes on where an earlier process was in step. */
    void restore(long stamp) {
        inStep = stamp;
    }
}
