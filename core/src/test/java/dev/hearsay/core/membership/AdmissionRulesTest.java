package dev.hearsay.core.membership;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Identity;
import dev.hearsay.core.Versions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionRulesTest {
    private static final AdmissionRules BOTH = new AdmissionRules(AllowList.of(List.of("10.0.0.0/8")), true);

    /** Remembers what it is asked, and refuses whoever is called "vetoed". */
    private static final class Application implements Admission {
        final List<String> asked = new ArrayList<>();

        @Override
        public @Nullable String refuse(Claim claim) {
            asked.add(claim.node());
            return claim.node().equals("vetoed") ? "not with us" : null;
        }

        @Override
        public @Nullable String refuseMerge(List<Claim> claims) {
            asked.add("merge of " + claims.size());
            return claims.size() > 2 ? "too many" : null;
        }

        @Override
        public boolean reaches(Address address) {
            return address.port() != 1;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "web-1.example.com", "A.B-9", "-", "."})
    void serfsRuleForNamesTakesLettersDigitsDashesAndDots(String name) {
        assertNull(BOTH.refuse(claim(name, 10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a_b", "a b", "ä", "a/b", "a\n", "[a]", "a:1", "@", "`", "{"})
    void andNothingElse(String name) {
        assertNotNull(BOTH.refuse(claim(name, 10)));
        assertNull(AdmissionRules.NONE.refuse(claim(name, 10)));
    }

    @Test
    void aNameHas128CharactersAtMost() {
        assertNull(BOTH.refuse(claim("x".repeat(128), 10)));
        assertNotNull(BOTH.refuse(claim("x".repeat(129), 10)));
    }

    @Test
    void theReasonTellsWhatIsWrongAndNotWhatWouldBeRightNorPassesControlCharactersOn() {
        assertEquals("the address 11.0.0.1 of 'b' is in no allowed network", BOTH.refuse(claim("b", 11)));
        assertEquals(
                "the name 'a?b' must consist of 1 to 128 of A-Z, a-z, 0-9, '-' and '.'",
                BOTH.refuse(claim("a\nb", 10)));
    }

    @Test
    void theApplicationIsAskedOnlyAboutWhatTheRulesLetPass() {
        Application application = new Application();
        AdmissionRules rules = BOTH.followedBy(application);
        assertEquals("not with us", rules.refuse(claim("vetoed", 10)));
        assertNull(rules.refuse(claim("a", 10)));
        assertNotNull(rules.refuse(claim("far", 11)));
        assertNotNull(rules.refuse(claim("b_c", 10)));
        assertEquals(List.of("vetoed", "a"), application.asked);
    }

    @Test
    void aJoinThatBringsNobodyWhoMayBeAMemberIsRefusedWithTheFirstReason() {
        AdmissionRules rules = BOTH.followedBy(new Application());
        assertEquals(
                "the address 11.0.0.1 of 'far' is in no allowed network",
                rules.refuseMerge(List.of(claim("far", 11), claim("b_c", 10))));
        assertNull(rules.refuseMerge(List.of(claim("far", 11), claim("near", 10))), "each counts for itself");
        assertEquals("too many", rules.refuseMerge(List.of(claim("a", 10), claim("b", 10), claim("c", 10))));
        assertNull(rules.refuseMerge(List.of()));
        Claim dead = new Claim("far", 1, address(11), Bytes.EMPTY, Versions.SERF, MemberState.DEAD);
        assertNull(rules.refuseMerge(List.of(dead)), "the dead are no newcomers");
    }

    @Test
    void answersReachOnlyAllowedNetworks() {
        AdmissionRules rules = BOTH.followedBy(new Application());
        assertTrue(rules.reaches(address(10)));
        assertFalse(rules.reaches(address(11)));
        assertFalse(rules.reaches(Address.ipv4(10, 0, 0, 1, 1)));
        assertTrue(AdmissionRules.NONE.reaches(address(11)));
    }

    @Test
    void aNodeThatBreaksItsOwnRulesIsToldSettingValueAndRule() {
        assertDoesNotThrow(() -> BOTH.check(identity("a", 10)));
        assertDoesNotThrow(() -> AdmissionRules.NONE.check(identity("a_b", 11)));
        assertEquals(
                "allowed networks are [10.0.0.0/8]: one must contain this node's own address 11.0.0.1, "
                        + "the one it listens on or advertises",
                error(identity("a", 11)));
        assertEquals(
                "name 'a_b' breaks the rule for names, which are validated: "
                        + "must consist of 1 to 128 of A-Z, a-z, 0-9, '-' and '.'",
                error(identity("a_b", 10)));
    }

    private static String error(Identity self) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> BOTH.check(self))
                .getMessage());
    }

    private static Identity identity(String name, int network) {
        return new Identity(name, address(network), Bytes.EMPTY, Versions.SERF, 1);
    }

    private static Claim claim(String name, int network) {
        return new Claim(name, 1, address(network), Bytes.EMPTY, Versions.SERF, MemberState.ALIVE);
    }

    private static Address address(int network) {
        return Address.ipv4(network, 0, 0, 1, 7946);
    }
}
