package dev.hearsay.wire;

/**
 * How often something was dropped, by reason. One owner thread writes and reads.
 *
 * <p>The codecs count every drop exactly once, those they throw included: a caller that catches a
 * {@link WireException} has nothing left to count.
 */
public final class DropCounters {
    private final long[] values = new long[DropReason.values().length];

    /** Adds one. */
    public void count(DropReason reason) {
        values[reason.ordinal()]++;
    }

    /** The number since this object was made. */
    public long get(DropReason reason) {
        return values[reason.ordinal()];
    }

    /** All reasons together. */
    public long total() {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }

    /** The reasons that occurred, with their numbers: {@code CHECKSUM=2 LABELLED=7}; empty if nothing was dropped. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (DropReason reason : DropReason.values()) {
            if (get(reason) > 0) {
                text.append(text.length() == 0 ? "" : " ")
                        .append(reason)
                        .append('=')
                        .append(get(reason));
            }
        }
        return text.toString();
    }
}
