package dev.hearsay.api.node.state;

import java.time.Duration;

/** Times to live. */
final class Ttl {
    private Ttl() {}

    /**
     * In milliseconds; what is left over counts as a whole one, since 0 means for good.
     *
     * @throws IllegalArgumentException if it is too long to be counted
     */
    static long millis(Duration timeToLive) {
        try {
            long millis = timeToLive.toMillis();
            if (timeToLive.isNegative()) {
                return Math.min(millis, -1);
            }
            return timeToLive.equals(Duration.ofMillis(millis)) ? millis : millis + 1;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "time to live of " + timeToLive + " is too long: must be less than 2^63 ms; zero is for good", e);
        }
    }
}
