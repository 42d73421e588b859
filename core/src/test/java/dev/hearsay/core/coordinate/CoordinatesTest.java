package dev.hearsay.core.coordinate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import org.junit.jupiter.api.Test;

class CoordinatesTest {
    private static final long NANOS_IN_MS = 1_000_000;

    private final Counters counters = new Counters();
    private final Coordinates coordinates = new Coordinates(true, counters, new Prng(1));

    private static Member member(String name) {
        Address address = Address.ipv4(10, 0, 0, 2, 7946);
        return new Member(new Claim(name, 1, address, Bytes.EMPTY, Versions.SERF, MemberState.ALIVE), false, 0);
    }

    private static Coordinate at(double x) {
        double[] vector = new double[Coordinate.DIMENSIONS];
        vector[0] = x;
        return Coordinate.of(vector, 0.1, 0, Coordinate.MIN_HEIGHT);
    }

    @Test
    void an_answer_moves_this_node_and_tells_where_the_other_is() {
        coordinates.observe(member("a"), at(0.1), 20 * NANOS_IN_MS);
        assertEquals(at(0.1), coordinates.of("a"));
        assertNotEquals(Coordinate.ORIGIN, coordinates.own());
        assertNull(coordinates.of("b"));
    }

    @Test
    void a_detour_is_the_sum_of_both_ways_and_unknown_if_a_place_is() {
        coordinates.observe(member("near"), at(0.01), 10 * NANOS_IN_MS);
        coordinates.observe(member("far"), at(0.5), 500 * NANOS_IN_MS);
        assertTrue(coordinates.detourNanos("near", "far") > 400 * NANOS_IN_MS);
        assertTrue(coordinates.detourNanos("far", "near") > coordinates.detourNanos("near", "near"));
        assertEquals(-1, coordinates.detourNanos("nobody", "far"));
    }

    @Test
    void what_cannot_be_true_is_counted_and_not_believed() {
        coordinates.observe(member("a"), at(Double.NaN), NANOS_IN_MS);
        coordinates.observe(member("a"), Coordinate.of(new double[3], 0.1, 0, 0), NANOS_IN_MS);
        coordinates.observe(member("a"), at(0.1), 11_000 * NANOS_IN_MS);
        assertEquals(3, counters.get(Counter.COORDINATES_REJECTED));
        assertNull(coordinates.of("a"));
    }

    @Test
    void who_takes_no_part_has_no_place_and_looks_at_nobodys() {
        Coordinates none = new Coordinates(false, counters, new Prng(1));
        none.observe(member("a"), at(0.1), NANOS_IN_MS);
        assertNull(none.own());
        assertNull(none.of("a"));
    }

    @Test
    void who_has_not_answered_for_longest_is_forgotten_first() {
        for (int i = 0; i < Coordinates.MAX_KNOWN; i++) {
            coordinates.observe(member("n" + i), at(0.1), 20 * NANOS_IN_MS);
        }
        coordinates.observe(member("n0"), at(0.1), 20 * NANOS_IN_MS);
        coordinates.observe(member("one more"), at(0.1), 20 * NANOS_IN_MS);
        assertNull(coordinates.of("n1"));
        assertEquals(at(0.1), coordinates.of("n0"));
        assertEquals(at(0.1), coordinates.of("one more"));
    }
}
