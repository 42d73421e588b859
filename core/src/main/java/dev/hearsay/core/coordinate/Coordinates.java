package dev.hearsay.core.coordinate;

import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Prng;
import dev.hearsay.core.membership.Member;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** This node's network coordinate, and those of the members that have answered its pings. */
public final class Coordinates {
    /** Most members whose coordinates are remembered; then the one that has not answered for longest is forgotten. */
    public static final int MAX_KNOWN = 1 << 14;

    private final @Nullable Vivaldi vivaldi;
    private final Counters counters;
    private final Map<String, Coordinate> known = new LinkedHashMap<>();

    /** Coordinates of a node. If it does not take part, it has none, and does not look at others'. */
    public Coordinates(boolean takesPart, Counters counters, Prng random) {
        this.vivaldi = takesPart ? new Vivaldi(random) : null;
        this.counters = counters;
    }

    /** Where this node is; null if it does not take part. */
    public @Nullable Coordinate own() {
        return vivaldi == null ? null : vivaldi.own();
    }

    /** How often this node's coordinate came to nothing and began anew. */
    public int resets() {
        return vivaldi == null ? 0 : vivaldi.resets();
    }

    /** Where that member said it is, when it last answered a ping of ours; null if it never did. */
    public @Nullable Coordinate of(String member) {
        return known.get(member);
    }

    /** A member has answered a ping itself, after so many nanoseconds. */
    public void observe(Member from, @Nullable Coordinate said, long nanos) {
        if (vivaldi == null || said == null) {
            return;
        }
        if (vivaldi.observe(from.name(), said, nanos) != null) {
            counters.count(Counter.COORDINATES_REJECTED);
            return;
        }
        // Taken out first, so that it is the last to be forgotten.
        known.remove(from.name());
        known.put(from.name(), said);
        if (known.size() > MAX_KNOWN) {
            Iterator<String> eldest = known.keySet().iterator();
            vivaldi.forget(eldest.next());
            eldest.remove();
        }
    }

    /** Estimated round trip from this node to one member and on to another: nanoseconds; -1 if a coordinate is missing. */
    public long detourNanos(String over, String to) {
        Coordinate own = own();
        Coordinate middle = of(over);
        Coordinate end = of(to);
        if (own == null || middle == null || end == null) {
            return -1;
        }
        return own.distanceNanos(middle) + middle.distanceNanos(end);
    }
}
