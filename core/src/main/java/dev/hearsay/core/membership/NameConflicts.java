package dev.hearsay.core.membership;

import dev.hearsay.core.Message;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Claims to the names of live members from other addresses. The newest for each name is remembered for a while: if the
 * holder turns out to be gone, it was a restart elsewhere, and the name is the claimant's.
 *
 * <p>Whoever claims a name once a millisecond must neither fill the application's queue nor have the holder probed each
 * time. Bounded by the table: one entry a member.
 */
final class NameConflicts {
    /** For so long after an event about a name, further claims are only counted. */
    static final long QUIET_NANOS = 60_000_000_000L;

    /** For so long after a look at the holder, claims do not have it looked at again. */
    static final long VERIFIED_NANOS = 5_000_000_000L;

    /** For so long a claim waits for its holder to be given up: longer than the longest suspicion of 1,000 members. */
    static final long WAITING_NANOS = 120_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final Map<String, Entry> entries = new HashMap<>();

    /** What is known of one name. */
    private static final class Entry {
        long toldAt = NEVER;
        long verifiedAt = NEVER;
        long claimedAt;

        Message.@Nullable Alive claim;
    }

    /** Remembers a claim that is newer than what its holder says. */
    void claimed(Message.Alive claim, long now) {
        Entry entry = entries.computeIfAbsent(claim.node(), any -> new Entry());
        Message.Alive older = entry.claim;
        if (older == null || !Incarnation.newer(older.incarnation(), claim.incarnation())) {
            entry.claim = claim;
            entry.claimedAt = now;
        }
    }

    /** Whether the application should hear of the claims to that name; then the next ones are kept quiet. */
    boolean worthTelling(String name, long now) {
        Entry entry = entries.computeIfAbsent(name, any -> new Entry());
        if (now - entry.toldAt < QUIET_NANOS) {
            return false;
        }
        entry.toldAt = now;
        return true;
    }

    /** Whether the holder of that name should be looked at; then the next claims do not cause that. */
    boolean worthVerifying(String name, long now) {
        Entry entry = entries.get(name);
        if (entry == null || now - entry.verifiedAt < VERIFIED_NANOS) {
            return false;
        }
        entry.verifiedAt = now;
        return true;
    }

    /** The holder is gone: the claim that has waited for that, or null. */
    Message.@Nullable Alive take(String name, long now) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        Message.Alive claim = entry.claim;
        entry.claim = null;
        return claim != null && now - entry.claimedAt < WAITING_NANOS ? claim : null;
    }

    /** The holder has said something newer than that: the claim is void. */
    void outbid(String name, long incarnation) {
        Entry entry = entries.get(name);
        Message.Alive claim = entry == null ? null : entry.claim;
        if (entry != null && claim != null && !Incarnation.newer(claim.incarnation(), incarnation)) {
            entry.claim = null;
        }
    }

    /** The member is known no more. */
    void forgotten(String name) {
        entries.remove(name);
    }
}
