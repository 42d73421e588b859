package dev.hearsay.core.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecedenceTest {
    private static final long KNOWN = 5;

    /** The table of {@link Precedence}, cell by cell: known, then when each claim wins. */
    @ParameterizedTest(name = "known {0}")
    @CsvSource({
        // known,  ALIVE,  SUSPECT,   DEAD,      LEFT
        "ALIVE,   higher, not lower, not lower, not lower",
        "SUSPECT, higher, higher,    not lower, not lower",
        "DEAD,    higher, never,     higher,    not lower",
        "LEFT,    higher, never,     higher,    higher",
    })
    void whichClaimWinsSwimSection42(MemberState known, String alive, String suspect, String dead, String left) {
        assertWins(known, MemberState.ALIVE, alive);
        assertWins(known, MemberState.SUSPECT, suspect);
        assertWins(known, MemberState.DEAD, dead);
        assertWins(known, MemberState.LEFT, left);
    }

    private static void assertWins(MemberState known, MemberState claimed, String when) {
        for (long incarnation : new long[] {0, KNOWN - 1, KNOWN, KNOWN + 1, KNOWN + 0x7FFF_FFFF}) {
            boolean expected = switch (when) {
                case "higher" -> incarnation > KNOWN;
                case "not lower" -> incarnation >= KNOWN;
                case "never" -> false;
                default -> throw new IllegalArgumentException(when);
            };
            assertEquals(
                    expected,
                    Precedence.overrides(claimed, incarnation, known, KNOWN),
                    () -> claimed + "@" + incarnation + " against known " + known + "@" + KNOWN);
        }
    }

    @Property
    void nothingOverridesItself(@ForAll MemberState state, @ForAll @IntRange(max = 9) int incarnation) {
        assertFalse(Precedence.overrides(state, incarnation, state, incarnation));
    }

    @Property
    void atMostOneOfTwoClaimsWins(
            @ForAll MemberState a,
            @ForAll @IntRange(max = 3) int ia,
            @ForAll MemberState b,
            @ForAll @IntRange(max = 3) int ib) {
        assertFalse(Precedence.overrides(a, ia, b, ib) && Precedence.overrides(b, ib, a, ia));
    }

    /** Members that hear the same claims believe the same, whatever the order: what agreement rests on. */
    @Property
    void theOrderOfClaimsDoesNotMatter(@ForAll("claims") List<Integer> claims, @ForAll long seed) {
        List<Integer> shuffled = new ArrayList<>(claims);
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(settle(claims), settle(shuffled));
    }

    /** Each claim is a number: its state times ten, plus its incarnation. Suspicions are the documented exception. */
    @Provide
    Arbitrary<List<Integer>> claims() {
        return Arbitraries.of(MemberState.ALIVE, MemberState.DEAD, MemberState.LEFT)
                .flatMap(state -> Arbitraries.integers().between(0, 3).map(i -> state.ordinal() * 10 + i))
                .list()
                .ofMaxSize(8);
    }

    private static String settle(List<Integer> claims) {
        MemberState known = MemberState.ALIVE;
        long incarnation = 0;
        for (int claim : claims) {
            MemberState state = MemberState.values()[claim / 10];
            if (Precedence.overrides(state, claim % 10, known, incarnation)) {
                known = state;
                incarnation = claim % 10;
            }
        }
        return known + "@" + incarnation;
    }
}
