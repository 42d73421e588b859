package dev.hearsay.core.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RoundTripsTest {
    /** A millisecond. */
    private static final long UNIT = 1_000_000;

    private static final Member MEMBER = member(2);
    private static final Member OTHER = member(3);

    @Test
    void aMemberNotMeasuredIsGivenTheWholeProbeTimeout() {
        RoundTrips roundTrips = new RoundTrips(Config.lan());
        roundTrips.answered(MEMBER, UNIT);
        assertEquals(100 * UNIT, roundTrips.timeout(MEMBER));
        assertEquals(500 * UNIT, roundTrips.timeout(OTHER));
        roundTrips.unanswered(MEMBER);
        assertEquals(500 * UNIT, roundTrips.timeout(MEMBER));
    }

    @Test
    void theTimeoutFollowsTheMeanAndFourVariationsJacobson1988() {
        RoundTrips roundTrips = new RoundTrips(Config.lan());
        roundTrips.answered(MEMBER, 80 * UNIT);
        assertEquals((80 + 4 * 40) * UNIT, roundTrips.timeout(MEMBER));
        roundTrips.answered(MEMBER, 80 * UNIT);
        assertEquals((80 + 4 * 30) * UNIT, roundTrips.timeout(MEMBER));
        roundTrips.answered(MEMBER, 160 * UNIT);
        assertEquals((90 + 170) * UNIT, roundTrips.timeout(MEMBER));
    }

    @Test
    void withoutAFloorTheTimeoutIsFixedAsInMemberlist() {
        RoundTrips roundTrips = new RoundTrips(
                Config.lan().toBuilder().probeTimeoutFloor(Duration.ZERO).build());
        roundTrips.answered(MEMBER, UNIT);
        assertEquals(500 * UNIT, roundTrips.timeout(MEMBER));
        assertEquals(400 * UNIT, roundTrips.relayTimeout(MEMBER));
    }

    @Test
    void twoDozenMembersDoNotDisplaceEachOther() {
        RoundTrips roundTrips = new RoundTrips(Config.lan());
        for (int i = 0; i < 24; i++) {
            roundTrips.answered(member(i), UNIT);
        }
        for (int i = 0; i < 24; i++) {
            assertEquals(100 * UNIT, roundTrips.timeout(member(i)), "member " + i);
        }
    }

    @Property
    void aTimeoutStaysBetweenFloorAndProbeTimeoutWhateverWasMeasured(
            @ForAll @Size(max = 40) List<@LongRange(min = -1, max = 20_000_000_000L) Long> samples) {
        RoundTrips roundTrips = new RoundTrips(Config.lan());
        for (long sample : samples) {
            roundTrips.answered(MEMBER, sample);
            long timeout = roundTrips.timeout(MEMBER);
            assertTrue(timeout >= 100 * UNIT && timeout <= 500 * UNIT, () -> samples + ": " + timeout);
            assertTrue(roundTrips.relayTimeout(MEMBER) <= 400 * UNIT);
        }
    }

    @Test
    void theTableGrowsWithThoseMeasuredUpToItsBound() {
        RoundTrips roundTrips = new RoundTrips(Config.lan());
        // A few share all bits of their hashes, and so one place.
        int members = 4 * RoundTrips.MAX_MEASURED;
        int known = 0;
        for (int i = 0; i < members; i++) {
            roundTrips.answered(member(i), UNIT);
            assertEquals(100 * UNIT, roundTrips.timeout(member(i)), "just measured: " + i);
        }
        for (int i = 0; i < members; i++) {
            known += roundTrips.timeout(member(i)) < 500 * UNIT ? 1 : 0;
        }
        assertTrue(known > RoundTrips.MAX_MEASURED / 2 && known <= RoundTrips.MAX_MEASURED + 8, "known: " + known);
    }

    private static Member member(int i) {
        Address address = Address.ipv4(10, i >> 16, i >> 8 & 0xFF, i & 0xFF, 7946);
        return new Member(new Claim("n" + i, 1, address, Bytes.EMPTY, Versions.SERF, MemberState.ALIVE), false, 0);
    }
}
