package dev.hearsay.core.state;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * This node's own writes that it has not seen at another member. If one comes back as {@link Merging.Outcome#FORGOTTEN}, this node was alone for
 * too long, and writes it anew instead of losing it.
 */
final class Alone {
    /** By hash. */
    private final Map<Long, Entry> entries = new LinkedHashMap<>();

    /** This node has written an entry in the place of another. */
    void wrote(@Nullable Entry before, Entry entry) {
        replaced(before);
        entries.put(entry.hash(), entry);
    }

    /** Something took the place of that entry. */
    void replaced(@Nullable Entry before) {
        if (before != null) {
            entries.remove(before.hash());
        }
    }

    /** Whether nobody else is known to have this. */
    boolean contains(Entry entry) {
        return entries.containsKey(entry.hash());
    }

    int size() {
        return entries.size();
    }

    /** Another member has all that is here but these. */
    void lacking(Collection<Long> hashes) {
        if (!entries.isEmpty()) {
            Set<Long> lacking = new HashSet<>(hashes);
            entries.keySet().removeIf(hash -> !lacking.contains(hash));
        }
    }

    /** Another member had at that stamp all that was here. */
    void equal(long stamp) {
        entries.values().removeIf(entry -> entry.time() <= stamp);
    }

    /** Up to which stamp, that one at most, others have what this node has written. */
    long shared(long stamp) {
        long shared = stamp;
        for (Entry entry : entries.values()) {
            shared = Math.min(shared, entry.time() - 1);
        }
        return shared;
    }
}
