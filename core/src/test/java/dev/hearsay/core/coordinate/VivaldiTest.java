package dev.hearsay.core.coordinate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Prng;
import dev.hearsay.core.coordinate.Vivaldi.Rejection;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VivaldiTest {
    /** A millisecond. */
    private static final long UNIT = 1_000_000;

    /** Just believed. */
    private static final double FAR = Vivaldi.FARTHEST - 0.1;

    private final Vivaldi vivaldi = new Vivaldi(new Prng(7));

    @Test
    void aNodeBeginsAtTheOriginSureOfNothing() {
        assertEquals(Coordinate.ORIGIN, vivaldi.own());
        assertEquals(1.5, vivaldi.own().error());
        assertEquals(1.0e-5, vivaldi.own().height());
    }

    @Test
    void oneObservationMovesAQuarterOfHalfTheWay() {
        // Both equally unsure: weight 1/2. Distance 20 µs, measured 100 ms: 0.25 × 0.5 × 99.98 ms.
        assertNull(vivaldi.observe("a", Coordinate.ORIGIN, 100 * UNIT));
        assertEquals(0.0124975, length(vivaldi.own()), 1e-6);
        assertEquals(1.5 * (1 - 0.125) + 0.125 * 0.9998, vivaldi.own().error(), 1e-9);
        // One miss of twenty, half of it ours: (100 ms - raw distance) / 40.
        assertEquals((0.1 - 0.0124975 - 2e-5) / 40, vivaldi.own().adjustment(), 1e-6);
    }

    @Test
    void theSureMoveTheUnsure() {
        Vivaldi other = new Vivaldi(new Prng(7));
        vivaldi.observe("a", Coordinate.of(new double[8], 0.01, 0, 1e-5), 100 * UNIT);
        other.observe("a", Coordinate.of(new double[8], 1.5, 0, 1e-5), 100 * UNIT);
        assertTrue(length(vivaldi.own()) > 1.9 * length(other.own()), vivaldi.own() + " and " + other.own());
    }

    @Test
    void aNodeFindsItsDistanceToThree() {
        Coordinate a = Coordinate.of(new double[] {0.1, 0, 0, 0, 0, 0, 0, 0}, 0.05, 0, 1e-5);
        Coordinate b = Coordinate.of(new double[] {-0.1, 0, 0, 0, 0, 0, 0, 0}, 0.05, 0, 1e-5);
        Coordinate c = Coordinate.of(new double[] {0, 0.1, 0, 0, 0, 0, 0, 0}, 0.05, 0, 1e-5);
        for (int i = 0; i < 300; i++) {
            vivaldi.observe("a", a, 50 * UNIT);
            vivaldi.observe("b", b, 150 * UNIT);
            vivaldi.observe("c", c, 112 * UNIT);
        }
        assertEquals(50e-3, vivaldi.own().distance(a), 2e-3);
        assertEquals(150e-3, vivaldi.own().distance(b), 3e-3);
        assertEquals(112e-3, vivaldi.own().distance(c), 3e-3);
        assertTrue(vivaldi.own().error() < 0.05, vivaldi.own()::toString);
    }

    @Test
    void whatCannotBeIsRejectedAndChangesNothing() {
        vivaldi.observe("a", Coordinate.ORIGIN, 100 * UNIT);
        Coordinate before = vivaldi.own();
        double[] far = {0, 0, 0, 0, 0, 0, 0, 101};
        assertEquals(Rejection.DIMENSIONS, observe(new double[2], 1, 0, 0, UNIT));
        assertEquals(Rejection.COORDINATE, observe(new double[8], Double.NaN, 0, 0, UNIT));
        assertEquals(Rejection.COORDINATE, observe(new double[8], 1, Double.NEGATIVE_INFINITY, 0, UNIT));
        assertEquals(Rejection.COORDINATE, observe(new double[8], -0.1, 0, 0, UNIT));
        assertEquals(Rejection.COORDINATE, observe(new double[8], 1, 0, -0.1, UNIT));
        assertEquals(Rejection.COORDINATE, observe(new double[8], 1, -101, 0, UNIT));
        assertEquals(Rejection.COORDINATE, observe(far, 1, 0, 0, UNIT));
        assertEquals(Rejection.ROUND_TRIP, observe(new double[8], 1, 0, 0, -1));
        assertEquals(Rejection.ROUND_TRIP, observe(new double[8], 1, 0, 0, Vivaldi.MAX_ROUND_TRIP_NANOS + 1));
        assertEquals(before, vivaldi.own());
        assertNull(observe(new double[8], 1, 0, 0, Vivaldi.MAX_ROUND_TRIP_NANOS));
        assertNull(observe(new double[8], 1, 0, 0, 0));
        assertEquals(0, vivaldi.resets());
    }

    @Test
    void numbersThatAreNotFiniteEndAtTheOrigin() {
        double[] edge = {Double.MAX_VALUE, 0, 0, 0, 0, 0, 0, 0};
        Vivaldi lost = new Vivaldi(new Prng(7), Coordinate.of(edge, 1.5, 0, 1e-5));
        assertNull(lost.observe("a", Coordinate.ORIGIN, UNIT));
        assertEquals(1, lost.resets());
        assertEquals(Coordinate.ORIGIN, lost.own());
        assertNull(lost.observe("a", Coordinate.ORIGIN, UNIT));
        assertEquals(1, lost.resets());
    }

    @Test
    void equalSeedsAndObservationsGiveEqualCoordinatesAndOtherSeedsOtherDirections() {
        Vivaldi same = new Vivaldi(new Prng(7));
        Vivaldi other = new Vivaldi(new Prng(8));
        for (Vivaldi node : List.of(vivaldi, same, other)) {
            node.observe("a", Coordinate.ORIGIN, 30 * UNIT);
            node.observe("b", Coordinate.ORIGIN, 20 * UNIT);
        }
        assertEquals(vivaldi.own(), same.own());
        assertNotEquals(vivaldi.own(), other.own());
    }

    @Test
    void aMemberForgottenIsMeasuredAnew() {
        Vivaldi remembering = new Vivaldi(new Prng(7));
        for (Vivaldi node : List.of(vivaldi, remembering)) {
            node.observe("a", Coordinate.ORIGIN, 100 * UNIT);
            node.observe("a", Coordinate.ORIGIN, 100 * UNIT);
        }
        vivaldi.forget("a");
        vivaldi.observe("a", Coordinate.ORIGIN, UNIT);
        remembering.observe("a", Coordinate.ORIGIN, UNIT);
        assertTrue(length(vivaldi.own()) < length(remembering.own()), vivaldi.own() + " and " + remembering.own());
    }

    @Property
    void whateverIsBelievedTheCoordinateStaysWithinWhatWeBelieveOurselves(
            @ForAll @Size(max = 60) List<@LongRange(min = 0, max = Vivaldi.MAX_ROUND_TRIP_NANOS) Long> times,
            @ForAll long seed) {
        Prng chance = new Prng(seed);
        Vivaldi node = new Vivaldi(new Prng(seed));
        for (long time : times) {
            double[] place = new double[8];
            place[chance.below(8)] = (chance.below(2) * 2 - 1) * FAR / 2;
            double height = FAR / 4 * chance.below(2);
            double adjustment = (chance.below(3) - 1) * FAR / 4;
            double error = chance.below(2) * 1e-9;
            assertNull(node.observe("node-" + chance.below(4), Coordinate.of(place, error, adjustment, height), time));
            assertTrue(node.own().valid(), node.own()::toString);
            assertFalse(node.own().error() > Coordinate.MAX_ERROR, node.own()::toString);
            assertTrue(length(node.own()) <= Vivaldi.FARTHEST, node.own()::toString);
        }
        assertEquals(0, node.resets());
    }

    private Rejection observe(double[] place, double error, double adjustment, double height, long nanos) {
        return vivaldi.observe("b", Coordinate.of(place, error, adjustment, height), nanos);
    }

    private static double length(Coordinate coordinate) {
        double squares = 0;
        for (double part : coordinate.vector()) {
            squares += part * part;
        }
        return Math.sqrt(squares);
    }
}
