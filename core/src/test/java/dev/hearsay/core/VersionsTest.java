package dev.hearsay.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Who can be in one cluster (memberlist {@code verifyProtocol}; wire specification, 2.10). */
class VersionsTest {
    private static final Versions SERF = Versions.SERF;

    @Test
    void poisonedVersionsAreImplausible() {
        assertTrue(SERF.plausible());
        assertTrue(Versions.MEMBERLIST.plausible());
        assertFalse(new Versions(6, 5, 2, 2, 5, 5).plausible());
        assertFalse(new Versions(0, 0, 0, 0, 0, 0).plausible());
        assertFalse(new Versions(1, 5, 6, 2, 5, 5).plausible());
    }

    @Test
    void whoeverSpeaksWhatTheOtherUnderstandsIsCompatible() {
        assertTrue(SERF.compatible(SERF));
        assertTrue(SERF.compatible(new Versions(1, 5, 2, 2, 5, 4)), "Serf's library speaks 4");
        assertTrue(SERF.compatible(new Versions(1, 4, 2, 2, 5, 5)), "an older memberlist");
        assertTrue(SERF.compatible(new Versions(2, 7, 5, 3, 9, 5)), "a newer one that speaks what we do");
        assertTrue(Versions.MEMBERLIST.compatible(Versions.MEMBERLIST));
    }

    @Test
    void serfAndProgramsOnBareMemberlistDoNotMix() {
        assertFalse(SERF.compatible(Versions.MEMBERLIST));
        assertEquals(
                "Node 'am' delegate protocol version (0) is incompatible: [2, 5]",
                SERF.objection("me", "am", Versions.MEMBERLIST));
        assertEquals(
                "Node 'serf' delegate protocol version (5) is incompatible: [0, 0]",
                Versions.MEMBERLIST.objection("me", "serf", SERF));
    }

    @Test
    void theObjectionIsInMemberlistsWords() {
        assertEquals(
                "Node 'x' protocol version (6) is incompatible: [1, 5]",
                SERF.objection("me", "x", new Versions(2, 6, 6, 2, 5, 5)));
        assertEquals(
                "Node 'me' protocol version (2) is incompatible: [3, 5]",
                SERF.objection("me", "x", new Versions(3, 5, 4, 2, 5, 5)));
        assertEquals(
                "Node 'me' delegate protocol version (5) is incompatible: [2, 4]",
                SERF.objection("me", "x", new Versions(1, 5, 2, 2, 4, 4)));
        assertEquals(
                "Node 'x' announces versions that cannot be true: protocol 2 of [6, 5], delegate 5 of [2, 5]",
                SERF.objection("me", "x", new Versions(6, 5, 2, 2, 5, 5)));
    }

    @Property(tries = 5000)
    void bothSidesAgreeAndEachCanSayWhy(@ForAll("versions") Versions one, @ForAll("versions") Versions other) {
        assertEquals(one.compatible(other), other.compatible(one));
        assertEquals(one.compatible(other), one.objection("a", "b", other).isEmpty());
        assertEquals(one.plausible(), one.compatible(one));
    }

    /** Small numbers, or hardly any two would be compatible. */
    @Provide
    Arbitrary<Versions> versions() {
        Arbitrary<Integer> low = Arbitraries.integers().between(0, 3);
        Arbitrary<Integer> high = Arbitraries.integers().between(2, 6);
        Arbitrary<Integer> spoken = Arbitraries.integers().between(0, 6);
        return Combinators.combine(low, high, spoken, low, high, spoken).as(Versions::new);
    }
}
