package dev.hearsay.api;

import java.time.Duration;
import java.util.List;

/**
 * How long the writes of others took until this member had them, since it started: a histogram over the time between a writer's clock and this
 * member's. If the writer's clock is ahead, that counts as no time; what was written before this member started does not count at all.
 *
 * @param boundsMillis upper bounds of the buckets in milliseconds, ascending; the last bucket has none
 * @param counts how many writes fell into each bucket, one more than there are bounds
 * @param sumMillis all delays together
 */
public record Propagation(List<Long> boundsMillis, List<Long> counts, long sumMillis) {
    /** How many writes there were. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The delay that this share of all writes did not exceed: the upper bound of the bucket it falls into, for the last one the greatest bound.
     * Zero if there was none.
     *
     * @param share 0 to 1
     * @throws IllegalArgumentException if it is something else
     */
    public Duration quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + ": must be 0 to 1");
        }
        double rank = share * count();
        long seen = 0;
        for (int i = 0; i < counts.size(); i++) {
            seen += counts.get(i);
            if (seen > 0 && seen >= rank) {
                return Duration.ofMillis(boundsMillis.get(Math.min(i, boundsMillis.size() - 1)));
            }
        }
        return Duration.ZERO;
    }
}
