package dev.hearsay.sim.coordinate;

import dev.hearsay.core.Prng;
import java.time.Duration;

/**
 * How far places are apart: the true round trip between each two. Immutable. The shapes are those with which Serf tests its
 * coordinates, so that errors can be compared.
 */
public final class Landscape {
    private final long[][] nanos;

    private Landscape(int places, Distance distance) {
        nanos = new long[places][places];
        for (int a = 0; a < places; a++) {
            for (int b = a + 1; b < places; b++) {
                nanos[a][b] = distance.nanos(a, b);
                nanos[b][a] = nanos[a][b];
            }
        }
    }

    /** The round trip between two different places, the first with the lower number. */
    private interface Distance {
        long nanos(int a, int b);
    }

    /** All on one line, the neighbours that far apart. */
    public static Landscape line(int places, Duration spacing) {
        return new Landscape(places, (a, b) -> (b - a) * spacing.toNanos());
    }

    /** A square grid, neighbours that far apart. */
    public static Landscape grid(int side, Duration spacing) {
        return new Landscape(side * side, (a, b) -> {
            int across = b % side - a % side;
            int down = b / side - a / side;
            return (long) (Math.sqrt(across * across + down * down) * spacing.toNanos());
        });
    }

    /** Two sites: {@code within} is the round trip inside either, {@code between} what is added from one to the other. */
    public static Landscape split(int places, Duration within, Duration between) {
        int border = places / 2;
        return new Landscape(places, (a, b) -> within.toNanos() + (a <= border && b > border ? between.toNanos() : 0));
    }

    /** The first is as far from all others as a diameter, so it stands above them; they are on a circle. */
    public static Landscape circle(int places, Duration radius) {
        return new Landscape(places, (a, b) -> {
            // A chord of the angle between both, in a circle that leaves the first one's place empty.
            double chord = a == 0 ? 2 : 2 * StrictMath.sin(StrictMath.PI * (b - a) / places);
            return (long) (chord * radius.toNanos());
        });
    }

    /** Normally distributed, each pair for itself: fits into no space. */
    public static Landscape random(int places, Duration mean, Duration deviation, long seed) {
        Prng prng = new Prng(seed);
        return new Landscape(
                places, (a, b) -> Math.max(1, mean.toNanos() + (long) (normal(prng) * deviation.toNanos())));
    }

    /** Four places that are equally far from the next, as the corners of a square. */
    public static Landscape square(Duration side) {
        return new Landscape(4, (a, b) -> (long) (side.toNanos() * ((b - a) % 2 == 0 ? Math.sqrt(2) : 1)));
    }

    /** How many places it has. */
    public int places() {
        return nanos.length;
    }

    /** The true round trip between two places: nanoseconds, 0 to itself. */
    public long nanos(int a, int b) {
        return nanos[a][b];
    }

    /** Box and Muller 1958. */
    private static double normal(Prng prng) {
        double first = ((prng.nextLong() >>> 11) + 1) * 0x1p-53;
        double second = (prng.nextLong() >>> 11) * 0x1p-53;
        return StrictMath.sqrt(-2 * StrictMath.log(first)) * StrictMath.cos(2 * StrictMath.PI * second);
    }
}
