package dev.hearsay.core.membership;

import dev.hearsay.core.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good each member is at accusing others. Who accused alone, and was refuted, was wrong; who accused a member that was
 * then given up was right. Whoever has been wrong about {@value #WRONG_ABOUT} different members, and not right more often,
 * has lost its voice until that has faded: a member with a bad network of its own otherwise has the whole cluster refute.
 *
 * <p>Wrong about one member counts once: next to a member that flaps, an honest accuser is refuted again and again.
 * Bounded: one entry a member.
 */
final class Reputation {
    /** Wrong about so many different members within about a half-life: the voice is lost. */
    static final int WRONG_ABOUT = 3;

    private static final int ONE = 1000;

    /** Just below the sum, as the first has faded a little when the last is added. */
    private static final int VOICELESS = WRONG_ABOUT * ONE - ONE / 2;

    private final long halfLifeNanos;
    private final Map<String, Accuser> accusers = new LinkedHashMap<>();

    /** What is known of one accuser. */
    private static final class Accuser {
        final Fading wrong;
        final Fading right;
        final List<String> wrongAbout = new ArrayList<>(WRONG_ABOUT);

        Accuser(long halfLifeNanos) {
            wrong = new Fading(halfLifeNanos, WRONG_ABOUT * ONE);
            right = new Fading(halfLifeNanos, WRONG_ABOUT * ONE);
        }
    }

    Reputation(Config config) {
        this.halfLifeNanos = Math.max(1, config.flapHalfLifeNanos());
    }

    /** Whether what it says against others counts. */
    boolean hasVoice(String name, long now) {
        Accuser accuser = accusers.get(name);
        return accuser == null
                || accuser.wrong.value(now) < VOICELESS
                || accuser.wrong.value(now) <= accuser.right.value(now);
    }

    /** It alone accused the member, which then refuted. */
    void wrong(String name, String accused, long now) {
        Accuser accuser = accusers.computeIfAbsent(name, any -> new Accuser(halfLifeNanos));
        if (accuser.wrong.value(now) < ONE / 2) {
            accuser.wrongAbout.clear();
        }
        if (!accuser.wrongAbout.contains(accused)) {
            if (accuser.wrongAbout.size() == WRONG_ABOUT) {
                accuser.wrongAbout.remove(0);
            }
            accuser.wrongAbout.add(accused);
            accuser.wrong.add(ONE, now);
        }
    }

    /** It accused a member that was then given up. Only members that have been wrong need that. */
    void right(String name, long now) {
        Accuser accuser = accusers.get(name);
        if (accuser != null) {
            accuser.right.add(ONE, now);
        }
    }

    /** Forgets members of whom nothing worth knowing is left. */
    void sweep(long now) {
        accusers.values().removeIf(accuser -> accuser.wrong.value(now) < ONE / 8);
    }

    /** The member is known no more. */
    void forgotten(String name) {
        accusers.remove(name);
    }
}
