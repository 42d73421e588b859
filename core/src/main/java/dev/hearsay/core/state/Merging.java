package dev.hearsay.core.state;

import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.state.Quarantine.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an entry that this node hears of, or writes: the one way into the table.
 *
 * <p>Deletions are remembered for a while only. Whether an old entry that is new here was deleted meanwhile, or has never come here, the
 * horizon tells: up to that stamp this node has heard of everything that was not deleted, from members that had. An older entry that it has
 * not got was deleted; whoever still has it is told so.
 */
final class Merging {
    /** What became of it. */
    enum Outcome {
        /** It is in the table now. */
        TAKEN,
        /** It, or a greater one, had been there before. */
        KNOWN,
        /** It says nothing any more, and that is long ago. */
        OVER,
        /** It was deleted so long ago that nobody remembers. */
        FORGOTTEN,
        /** It was not taken, although it might be right: there is no room, or something is wrong with it. */
        REFUSED
    }

    private final StateConfig config;
    private final StateTable table;
    private final HybridClock clock;
    private final Quarantine quarantine;
    private final Counters counters;
    private long horizon;
    private int refusals;

    Merging(StateConfig config, StateTable table, HybridClock clock, Quarantine quarantine, Counters counters) {
        this.config = config;
        this.table = table;
        this.clock = clock;
        this.quarantine = quarantine;
        this.counters = counters;
    }

    /** The stamp up to which deletions have been forgotten; 0 if this node has not been in step with another yet. */
    long horizon() {
        return horizon;
    }

    /** This node knows everything up to that stamp: deletions until then can be forgotten. */
    void settleUpTo(long stamp, Outbox out) {
        if (stamp > horizon) {
            horizon = stamp;
            table.dropOver(horizon, dropped -> out.emit(new Event.StateChanged(dropped, null)));
        }
    }

    /** How often this node has not taken an entry that others have: then it does not know everything. */
    int refusals() {
        return refusals;
    }

    /** This node does not know everything any more. */
    private void refuse() {
        horizon = 0;
        refusals++;
    }

    /** An entry from another node. */
    Outcome merge(Entry entry, long now, Outbox out) {
        Reason wrong = wrong(entry, now);
        if (wrong != null) {
            quarantine.add(entry, wrong, out);
            refusals++;
            return Outcome.REFUSED;
        }
        Entry known = table.find(entry.id());
        if (known != null && !entry.supersedes(known)) {
            return Outcome.KNOWN;
        }
        if (known == null && entry.over() <= horizon) {
            return Outcome.OVER;
        }
        if (known == null && entry.stamp() <= horizon) {
            counters.count(Counter.STATE_FORGOTTEN);
            return Outcome.FORGOTTEN;
        }
        if (full(entry, known)) {
            counters.count(Counter.STATE_REFUSED_FULL);
            refuse();
            return Outcome.REFUSED;
        }
        clock.witness(Math.max(entry.stamp(), entry.time()));
        put(entry, out);
        return Outcome.TAKEN;
    }

    /** An entry that has been checked. */
    void put(Entry entry, Outbox out) {
        Entry before = table.put(entry);
        boolean over = entry.over() <= horizon;
        if (over) {
            table.remove(entry);
        }
        out.emit(new Event.StateChanged(before, over ? null : entry));
    }

    /** Whether there is no room for the entry in the place of another. */
    boolean full(Entry entry, @Nullable Entry known) {
        return known == null
                ? table.size() >= config.maxEntries() || table.bytes() + entry.bytes() > config.maxBytes()
                : entry.bytes() > known.bytes() && table.bytes() + entry.bytes() - known.bytes() > config.maxBytes();
    }

    /** An entry that this node is about to hand to another: whether it still is what its writer made. If not, it is dropped here. */
    boolean sound(Entry entry, Outbox out) {
        if (entry.intact()) {
            return true;
        }
        table.remove(entry);
        refuse();
        quarantine.add(entry, Reason.CORRUPT, out);
        out.emit(new Event.StateChanged(entry, null));
        return false;
    }

    private @Nullable Reason wrong(Entry entry, long now) {
        if (!entry.intact()) {
            return Reason.CORRUPT;
        }
        long latest = HybridClock.at(clock.wallMillis(now) + config.skewNanos() / 1_000_000);
        if (entry.stamp() > latest || entry.time() > latest) {
            return Reason.AHEAD;
        }
        return valid(entry) ? null : Reason.INVALID;
    }

    private static boolean valid(Entry entry) {
        EntryId id = entry.id();
        boolean fits = entry.stamp() > 0
                && entry.time() >= entry.stamp()
                && (entry.deleted()
                        ? entry.value().length() == 0 && entry.expires() == 0
                        : entry.time() == entry.stamp());
        return fits
                && switch (id.kind()) {
                    case StateKind.FACT, StateKind.MAP -> id.owner() == 0;
                    case StateKind.SET -> id.owner() != 0 && entry.value().length() == 0;
                    case StateKind.COUNTER ->
                        id.owner() != 0 && (entry.deleted() || entry.value().length() == Counted.BYTES);
                    case StateKind.REGISTER -> id.owner() != 0 && id.key().length() == 0;
                    default -> true;
                };
    }
}
