package dev.hearsay.core.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspicionTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest(name = "{0} members")
    @CsvSource({"1, 4000", "10, 4000", "50, 6792", "100, 8000", "1000, 12000"})
    void theMinimumGrowsWithTheLogarithmOfTheCluster(int n, long millis) {
        assertEquals(millis * 1_000_000, Suspicion.minTimeout(4, n, SECOND));
    }

    @ParameterizedTest(name = "{0} confirmations, {1} members")
    @CsvSource({"3, 1, 0", "3, 2, 0", "3, 3, 1", "3, 4, 2", "3, 5, 3", "3, 1000, 3", "0, 100, 0"})
    void neitherTheAccusedNorItsAccuserCanConfirm(int confirmations, int n, int wanted) {
        assertEquals(wanted, Suspicion.confirmationsWanted(confirmations, n));
    }

    @Test
    void theTimeoutShrinksLogarithmicallyWithConfirmationsLifeguardSectionIVB() {
        assertEquals(24 * SECOND, Suspicion.timeout(0, 2, 4 * SECOND, 24 * SECOND));
        assertEquals(11_381_000_000L, Suspicion.timeout(1, 2, 4 * SECOND, 24 * SECOND));
        assertEquals(4 * SECOND, Suspicion.timeout(2, 2, 4 * SECOND, 24 * SECOND));
        assertEquals(4 * SECOND, Suspicion.timeout(0, 0, 4 * SECOND, 24 * SECOND));
    }

    @Test
    void onlyIndependentAccusersConfirm() {
        Suspicion suspicion = new Suspicion(1, "a", 0, 4 * SECOND, 24 * SECOND, 2);
        assertFalse(suspicion.confirm("a"));
        assertTrue(suspicion.confirm("b"));
        assertFalse(suspicion.confirm("b"));
        assertTrue(suspicion.confirm("c"));
        assertFalse(suspicion.confirm("d"));
        assertEquals(4 * SECOND, suspicion.deadline());
    }

    @Test
    void aProcessIsGoneIfRefusedTwiceByThisNodeAndAccusedByAnother() {
        Suspicion suspicion = new Suspicion(1, "me", 0, 4 * SECOND, 24 * SECOND, 3);
        long patient = 24 * SECOND;
        assertTrue(suspicion.refused(SECOND));
        assertEquals(patient, suspicion.deadline(SECOND, "me", true));
        assertFalse(suspicion.refused(SECOND + SECOND / 2 - 1));
        assertEquals(patient, suspicion.deadline(SECOND, "me", true), "too soon after the first");
        suspicion.refused(SECOND + SECOND / 2);
        assertEquals(patient, suspicion.deadline(SECOND, "me", false), "nobody else");
        assertEquals(2 * SECOND, suspicion.deadline(SECOND, "me", true), "nobody else there to ask");
        assertEquals(patient, suspicion.deadline(0, "me", true), "switched off");
        suspicion.confirm("b");
        assertEquals(2 * SECOND, suspicion.deadline(SECOND, "me", false));
        suspicion.answered(SECOND + SECOND / 2);
        assertTrue(suspicion.deadline(SECOND, "me", false) >= 5 * SECOND, "back");
    }

    @Test
    void thisNodeLooksOnceMoreIfNobodyConfirmedOrTheMemberAnswered() {
        Suspicion unconfirmed = new Suspicion(1, "a", 0, 4 * SECOND, 24 * SECOND, 1);
        assertTrue(unconfirmed.lastLook());
        assertFalse(unconfirmed.lastLook());
        unconfirmed.answered(SECOND);
        assertTrue(unconfirmed.lastLook());

        Suspicion confirmed = new Suspicion(1, "a", 0, 4 * SECOND, 24 * SECOND, 1);
        confirmed.confirm("b");
        assertFalse(confirmed.lastLook());
        confirmed.answered(SECOND);
        assertTrue(confirmed.lastLook());
    }

    @Test
    void anExtensionMovesTheDeadlineAndNeverBack() {
        Suspicion suspicion = new Suspicion(1, "a", 0, 4 * SECOND, 24 * SECOND, 0);
        suspicion.notBefore(9 * SECOND);
        assertEquals(9 * SECOND, suspicion.deadline());
        suspicion.notBefore(5 * SECOND);
        assertEquals(9 * SECOND, suspicion.deadline());
    }

    @Test
    void healthStaysWithinItsBounds() {
        LocalHealth health = new LocalHealth(8);
        health.add(-1);
        assertEquals(0, health.score());
        health.add(20);
        assertEquals(7, health.score());
        health.add(-3);
        assertEquals(4, health.score());
    }
}
