package dev.hearsay.core.state;

import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Entries that cannot be right. They are neither merged nor passed on, so that one flipped bit stays where it happened; counted, and the
 * last {@value #KEPT} kept for a person to look at.
 */
public final class Quarantine {
    /** How many are kept: the oldest makes room. */
    public static final int KEPT = 64;

    /** What is wrong with an entry. */
    public enum Reason {
        /** Its hash is not that of its content: it was changed on the way, or in somebody's memory. */
        CORRUPT("does not fit its checksum"),
        /** Its stamp is further ahead than clocks can be apart. */
        AHEAD("is stamped too far ahead"),
        /** It breaks a rule of its kind. */
        INVALID("breaks a rule of its kind");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** What is wrong, in a few words. */
        public String text() {
            return text;
        }
    }

    /** An entry, and what is wrong with it. */
    public record Quarantined(Entry entry, Reason reason) {}

    private final Counters counters;
    private final Deque<Quarantined> kept = new ArrayDeque<>();

    Quarantine(Counters counters) {
        this.counters = counters;
    }

    void add(Entry entry, Reason reason, Outbox out) {
        counters.count(Counter.STATE_QUARANTINED);
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        Quarantined added = new Quarantined(entry, reason);
        kept.addLast(added);
        out.emit(new Event.StateQuarantined(added));
    }

    /** The last ones, the oldest first. */
    public List<Quarantined> kept() {
        return List.copyOf(kept);
    }
}
