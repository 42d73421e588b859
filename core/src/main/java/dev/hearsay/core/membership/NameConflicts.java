package dev.hearsay.core.membership;

import java.util.HashMap;
import java.util.Map;

/**
 * When the application was last told that somebody else claims a member's name. Whoever claims it once a millisecond must
 * not fill the application's queue: it hears of the first claim, and then of one a minute. Bounded by the table: one entry
 * a member.
 */
final class NameConflicts {
    /** For so long after an event about a name, further claims are only counted. */
    static final long QUIET_NANOS = 60_000_000_000L;

    private final Map<String, Long> toldAt = new HashMap<>();

    /** Whether the application should hear of this claim; then the next ones are kept quiet. */
    boolean worthTelling(String name, long now) {
        Long last = toldAt.get(name);
        if (last != null && now - last < QUIET_NANOS) {
            return false;
        }
        toldAt.put(name, now);
        return true;
    }

    /** The member is known no more. */
    void forgotten(String name) {
        toldAt.remove(name);
    }
}
