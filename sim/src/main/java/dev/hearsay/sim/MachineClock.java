package dev.hearsay.sim;

/**
 * A machine's monotonic clock: counts from an origin of its own, and may run faster or slower than virtual time. It never
 * jumps and never runs backwards, whatever its speed becomes.
 */
final class MachineClock {
    /** A machine's clock may lose or gain at most so much: half, in millionths. */
    static final double MOST_PPM = 500_000;

    private static final long BILLION = 1_000_000_000L;

    private final long origin;

    /** It showed this, counted from its origin, when its speed last changed, and that was then. */
    private long base;

    private long since;

    /** How much faster than virtual time it runs, in billionths. */
    private long gain;

    MachineClock(long origin) {
        this.origin = origin;
    }

    /** What it shows at that virtual time, in nanoseconds. */
    long local(long now) {
        return origin + elapsed(now);
    }

    /** How much it has counted by that virtual time; it must not lie before the last change of speed. */
    long elapsed(long now) {
        long passed = now - since;
        // In two parts, as the product would overflow after some hours.
        return gain == 0
                ? base + passed
                : base + passed + passed / BILLION * gain + Math.floorDiv(passed % BILLION * gain, BILLION);
    }

    /** The first virtual time at which it shows as much as that, if that is not before {@code now}. */
    long when(long local, long now) {
        long left = local - local(now);
        if (gain == 0) {
            return now + left;
        }
        long speed = BILLION + gain;
        long time = now + left / speed * BILLION + left % speed * BILLION / speed;
        // Fractions that are not shown make up to a nanosecond of its time, which is two of ours at half speed.
        time = Math.max(now, time - 2);
        while (local(time) < local) {
            time++;
        }
        return time;
    }

    /** The moment at which it will have counted so much more. */
    long after(long delay, long now) {
        return gain == 0 ? now + delay : when(local(now) + delay, now);
    }

    /**
     * Checks the range of a drift.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    static void check(double ppm) {
        if (!(ppm >= -MOST_PPM && ppm <= MOST_PPM)) {
            throw new IllegalArgumentException(
                    "drift " + ppm + " is out of range: must be -500000 to 500000 millionths (ppm)");
        }
    }

    /** From now on it runs at another speed. */
    void drift(double ppm, long now) {
        base = elapsed(now);
        since = now;
        gain = Math.round(ppm * 1_000);
    }

    /** How much faster than virtual time it runs, in millionths; below 0 if slower. */
    double ppm() {
        return gain / 1e3;
    }
}
