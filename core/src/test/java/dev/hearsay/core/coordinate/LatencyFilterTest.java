package dev.hearsay.core.coordinate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatencyFilterTest {
    /** A millisecond. */
    private static final long UNIT = 1_000_000;

    private final LatencyFilter filter = new LatencyFilter();

    @Test
    void oneSlowAnswerIsNotSeen() {
        assertEquals(2 * UNIT, filter.median("a", 2 * UNIT));
        assertEquals(3 * UNIT, filter.median("a", 3 * UNIT));
        assertEquals(3 * UNIT, filter.median("a", 900 * UNIT));
        assertEquals(3 * UNIT, filter.median("a", 2 * UNIT));
    }

    @Test
    void membersAreMeasuredApart() {
        filter.median("a", 100 * UNIT);
        filter.median("a", 100 * UNIT);
        assertEquals(UNIT, filter.median("b", UNIT));
        assertEquals(100 * UNIT, filter.median("a", UNIT));
    }

    @Test
    void aMemberForgottenBeginsAnew() {
        filter.median("a", 100 * UNIT);
        filter.median("a", 100 * UNIT);
        filter.forget("a");
        filter.forget("never seen");
        assertEquals(0, filter.members());
        assertEquals(UNIT, filter.median("a", UNIT));
    }

    @Test
    void aThousandMembersKeepTheirTimesWhileTheTableGrows() {
        for (int i = 0; i < 1000; i++) {
            filter.median("node-" + i, (i + 1) * UNIT);
            filter.median("node-" + i, (i + 1) * UNIT);
        }
        int kept = 0;
        for (int i = 0; i < 1000; i++) {
            // With both times remembered the median stays theirs; without, it is the new one.
            kept += filter.median("node-" + i, 5_000 * UNIT) == (i + 1) * UNIT ? 1 : 0;
        }
        assertTrue(kept >= 980, "remembered " + kept + " of 1,000");
    }

    @Test
    void moreMembersThanItHoldsDisplaceEachOther() {
        for (int i = 0; i < 4 * LatencyFilter.MAX_MEMBERS; i++) {
            assertEquals(UNIT, filter.median("node-" + i, UNIT));
        }
        assertTrue(filter.members() <= LatencyFilter.MAX_MEMBERS, filter.members() + " members");
    }

    @Property
    void itIsTheMedianOfTheLastThreeWithin8Nanoseconds(
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 8, max = 10_000_000_000L) Long> times) {
        LatencyFilter fresh = new LatencyFilter();
        for (int i = 0; i < times.size(); i++) {
            long median = fresh.median("a", times.get(i));
            long[] last = times.subList(Math.max(0, i - 2), i + 1).stream()
                    .mapToLong(time -> time >> 3 << 3)
                    .sorted()
                    .toArray();
            assertEquals(last[last.length / 2], median, () -> times + " last " + Arrays.toString(last));
        }
    }
}
