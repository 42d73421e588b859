package dev.hearsay.core.state;

import dev.hearsay.core.membership.Member;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who is away, or was until a moment ago: a member that has failed counts as away from then on until it has been back for a grace period, without
 * failing again, or has been forgotten for as long. At most as many as there are members.
 */
final class Absences {
    private static final long AWAY = Long.MIN_VALUE;

    /** A member that was lost. */
    private static final class Absence {
        final long since;

        /** When it was seen not to be away any more. */
        long backAt = AWAY;

        Absence(long since) {
            this.since = since;
        }
    }

    private final long graceNanos;
    private final Map<String, Absence> byName = new TreeMap<>();

    Absences(long graceNanos) {
        this.graceNanos = graceNanos;
    }

    /** Looks who is away now. Returns since when the first of them is; {@code now} if there is nobody. */
    long look(List<Member> failed, long now) {
        for (Absence each : byName.values()) {
            each.backAt = each.backAt == AWAY ? now : each.backAt;
        }
        for (Member member : failed) {
            byName.computeIfAbsent(member.name(), name -> new Absence(member.since())).backAt = AWAY;
        }
        long first = now;
        Iterator<Absence> all = byName.values().iterator();
        while (all.hasNext()) {
            Absence each = all.next();
            if (each.backAt != AWAY && now - each.backAt >= graceNanos) {
                all.remove();
            } else {
                first = Math.min(first, each.since);
            }
        }
        return first;
    }
}
