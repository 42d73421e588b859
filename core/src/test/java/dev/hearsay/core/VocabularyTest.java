package dev.hearsay.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    @Test
    void anIpv4AddressEqualsItsMappedFormButKeepsItsBytes() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
        Address wide = Address.of(mapped, 7946);
        Address narrow = Address.ipv4(10, 0, 0, 1, 7946);
        assertEquals(narrow, wide);
        assertEquals(narrow.hashCode(), wide.hashCode());
        assertEquals(16, wide.ipLength());
        assertEquals("10.0.0.1:7946", wide.toString());
        assertNotEquals(narrow, Address.ipv4(10, 0, 0, 1, 7947));
    }

    @Test
    void anIpv6AddressIsWrittenInBrackets() {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        assertEquals("[0:0:0:0:0:0:0:1]:7946", Address.of(loopback, 7946).toString());
        assertThrows(IllegalArgumentException.class, () -> Address.of(new byte[5], 1));
        assertThrows(IllegalArgumentException.class, () -> Address.of(loopback, 65_536));
    }

    @Test
    void presetsCarryMemberlistsNumbers() {
        assertEquals(1_000_000_000L, Config.lan().protocolPeriodNanos());
        assertEquals(5_000_000_000L, Config.wan().protocolPeriodNanos());
        assertEquals(200_000_000L, Config.local().probeTimeoutNanos());
        assertEquals(6, Config.wan().suspicionMult());
        assertEquals(1, Config.local().indirectProbes());
        assertEquals(1400, Config.wan().packetBytes());
    }

    @Test
    void aWrongConfigurationNamesFieldValueAndRule() {
        ConfigBuilder builder = Config.lan().toBuilder();
        IllegalArgumentException fanout = assertThrows(IllegalArgumentException.class, () -> builder.gossipFanout(0));
        assertEquals("gossipFanout 0 is out of range: must be 1 to 1000", fanout.getMessage());
        IllegalArgumentException period =
                assertThrows(IllegalArgumentException.class, () -> builder.protocolPeriod(Duration.ZERO));
        assertEquals("protocolPeriod PT0S is out of range: must be above 0 and at most 3650 days", period.getMessage());
        IllegalArgumentException both = assertThrows(
                IllegalArgumentException.class,
                () -> builder.probeTimeout(Duration.ofSeconds(1)).build());
        assertTrue(
                both.getMessage().contains("probeTimeout PT1S must be below protocolPeriod PT1S"), both.getMessage());
    }

    @Test
    void anIdentityRefusesWhatCannotTravel() {
        Address here = Address.ipv4(10, 0, 0, 1, 7946);
        assertThrows(IllegalArgumentException.class, () -> new Identity("", here, Bytes.EMPTY, Versions.SERF, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Identity("é".repeat(128), here, Bytes.EMPTY, Versions.SERF, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Identity("a", here, Bytes.of(new byte[513]), Versions.SERF, 1));
        assertThrows(IllegalArgumentException.class, () -> new Identity("a", here, Bytes.EMPTY, Versions.SERF, 0));
    }

    /** The first numbers of xoshiro128** are fixed: a change here changes every recorded simulation. */
    @Test
    void theGeneratorGivesTheSameNumbersForever() {
        Prng random = new Prng(42);
        assertEquals(
                "1776835114 -129762608 17111135", random.nextInt() + " " + random.nextInt() + " " + random.nextInt());
    }

    @Property
    void randomNumbersStayBelowTheirBound(@ForAll long seed, @ForAll @IntRange(min = 1) int bound) {
        Prng random = new Prng(seed);
        for (int i = 0; i < 20; i++) {
            int number = random.below(bound);
            assertTrue(number >= 0 && number < bound);
        }
    }

    @Test
    void everyNumberBelowTheBoundIsEquallyLikely() {
        Prng random = new Prng(1);
        int[] hits = new int[10];
        for (int i = 0; i < 100_000; i++) {
            hits[random.below(10)]++;
        }
        for (int hit : hits) {
            assertTrue(Math.abs(hit - 10_000) < 500, "hits " + hit + " of 10000 expected");
        }
    }
}
