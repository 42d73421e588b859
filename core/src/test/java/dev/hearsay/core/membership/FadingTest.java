package dev.hearsay.core.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Config;
import org.junit.jupiter.api.Test;

/** RFC 2439, section 4.2, in integers; and what follows from it for accusers. */
class FadingTest {
    private static final long HALF_LIFE = Config.lan().flapHalfLifeNanos();

    @Test
    void a_penalty_halves_with_each_half_life_and_falls_evenly_in_between() {
        Fading penalty = new Fading(1_000_000, 1 << 20);
        penalty.add(1_000, 500);
        assertEquals(1_000, penalty.value(500));
        assertEquals(750, penalty.value(500_500));
        assertEquals(500, penalty.value(1_000_500));
        assertEquals(125, penalty.value(3_000_500));
        assertEquals(0, penalty.value(Long.MAX_VALUE));
    }

    @Test
    void a_penalty_adds_to_what_is_left_and_never_exceeds_its_ceiling() {
        Fading penalty = new Fading(1_000_000, 1_600);
        penalty.add(1_000, 0);
        penalty.add(1_000, 1_000_000);
        assertEquals(1_500, penalty.value(1_000_000));
        penalty.add(1_000, 1_000_000);
        assertEquals(1_600, penalty.value(1_000_000));
    }

    @Test
    void who_was_wrong_about_three_different_members_has_no_voice_until_that_has_faded() {
        Reputation reputation = new Reputation(Config.lan());
        for (int i = 0; i < 10; i++) {
            reputation.wrong("liar", "m1", i);
        }
        reputation.wrong("liar", "m2", 10);
        assertTrue(reputation.hasVoice("liar", 11));
        reputation.wrong("liar", "m3", 11);
        assertFalse(reputation.hasVoice("liar", 12));
        assertTrue(reputation.hasVoice("another", 12));
        assertTrue(reputation.hasVoice("liar", HALF_LIFE));
    }

    @Test
    void who_was_right_more_often_keeps_its_voice() {
        Reputation reputation = new Reputation(Config.lan());
        reputation.wrong("busy", "m1", 0);
        reputation.wrong("busy", "m2", 0);
        reputation.right("busy", 0);
        reputation.right("busy", 0);
        reputation.right("busy", 0);
        reputation.wrong("busy", "m3", 0);
        assertTrue(reputation.hasVoice("busy", 1));
    }
}
