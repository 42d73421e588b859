package dev.hearsay.core.dissemination;

import dev.hearsay.core.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Updates in the order in which they are due: those sent least often first, among these the newest first. One update a
 * subject: a newer one takes the place of the older (memberlist {@code TransmitLimitedQueue}).
 */
final class TransmitQueue {
    /** How many updates that do not fit are skipped in search of one that does, before a packet counts as full. */
    private static final int MAX_MISFITS = 8;

    private final int perPart;
    private final Map<Update.Subject, Update> updates = new HashMap<>();
    private final List<Update.Tier> tiers = new ArrayList<>();
    private final List<Update> taken = new ArrayList<>();
    private final int[] ofKind = new int[Update.Kind.values().length];

    /** So many of the lowest tiers are empty, at least. */
    private int empty;

    /** An empty queue; each update costs so many bytes besides itself. */
    TransmitQueue(int perPart) {
        this.perPart = perPart;
    }

    int size() {
        return updates.size();
    }

    int size(Update.Kind kind) {
        return ofKind[kind.ordinal()];
    }

    boolean holds(Update.Subject subject) {
        return updates.containsKey(subject);
    }

    /** Adds an update in place of the one with its subject. Returns false for the same message again: it changes nothing. */
    boolean put(Update update) {
        Update older = updates.get(update.subject);
        if (older != null && older.message.equals(update.message)) {
            return false;
        }
        if (older != null) {
            remove(older);
        }
        updates.put(update.subject, update);
        ofKind[update.subject.kind().ordinal()]++;
        add(update);
        return true;
    }

    /** The update with that subject, or null. */
    @Nullable Update find(Update.Subject subject) {
        return updates.get(subject);
    }

    /** Takes an update away that is there. */
    void remove(Update update) {
        tier(update.transmits).remove(update);
        forget(update);
    }

    /** Has an update that is there count as sent so many times. */
    void recount(Update update, int transmits) {
        tier(update.transmits).remove(update);
        update.transmits = transmits;
        add(update);
    }

    /** Whether any has been sent less than so many times. */
    boolean sentLessThan(int times) {
        int lowest = lowest();
        return lowest < tiers.size() && lowest < times;
    }

    /**
     * Takes updates out for a packet; {@link #putBack} follows when the packet is complete.
     *
     * @param budget bytes that are left
     * @param enough stops when that many have been used
     * @param below only those sent less than so many times; of brief ones, less than {@code briefBelow} times
     * @return bytes used, at most the budget
     */
    int take(int budget, int enough, int below, int briefBelow, List<Message> into) {
        int used = 0;
        int misfits = 0;
        for (int t = lowest(); t < tiers.size() && t < below && misfits < MAX_MISFITS; t++) {
            Update next = tiers.get(t).newest;
            while (next != null && misfits < MAX_MISFITS && used < enough && into.size() < Dissemination.MAX_PARTS) {
                Update update = next;
                next = update.older;
                int cost = update.bytes + perPart;
                if (cost > budget - used || (update.brief && t >= briefBelow)) {
                    misfits++;
                    continue;
                }
                used += cost;
                into.add(update.message);
                tiers.get(t).remove(update);
                taken.add(update);
            }
        }
        return used;
    }

    /**
     * Counts what was taken as sent once, and puts back what has not been sent often enough. Only now, so that no update
     * is taken twice for the same packet.
     *
     * @return how many were sent for the last time
     */
    int putBack(int limit, int briefLimit) {
        int done = 0;
        for (int i = 0; i < taken.size(); i++) {
            Update update = taken.get(i);
            update.transmits++;
            if (update.transmits >= (update.brief ? briefLimit : limit)) {
                forget(update);
                done++;
            } else {
                add(update);
            }
        }
        taken.clear();
        return done;
    }

    /** Drops the update of that kind that was sent most often, the oldest of these. */
    boolean dropOne(Update.Kind kind) {
        for (int t = tiers.size() - 1; t >= 0; t--) {
            for (@Nullable Update u = tiers.get(t).oldest; u != null; u = u.newer) {
                if (u.subject.kind() == kind) {
                    remove(u);
                    return true;
                }
            }
        }
        return false;
    }

    private void forget(Update update) {
        updates.remove(update.subject);
        ofKind[update.subject.kind().ordinal()]--;
    }

    private void add(Update update) {
        tier(update.transmits).add(update);
        empty = Math.min(empty, update.transmits);
    }

    /** The lowest tier that is not empty; their number if all are. */
    private int lowest() {
        while (empty < tiers.size() && tiers.get(empty).newest == null) {
            empty++;
        }
        return empty;
    }

    private Update.Tier tier(int transmits) {
        while (tiers.size() <= transmits) {
            tiers.add(new Update.Tier());
        }
        return tiers.get(transmits);
    }
}
