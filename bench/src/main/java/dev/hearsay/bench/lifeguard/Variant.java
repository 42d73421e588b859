package dev.hearsay.bench.lifeguard;

import dev.hearsay.core.Config;
import java.util.ArrayList;
import java.util.List;

/**
 * One configuration of the same core.
 *
 * @param system whose rules it follows: SWIM, Lifeguard, Hearsay
 * @param alpha Lifeguard's name for {@code suspicionMult}
 */
record Variant(String system, int alpha, Config config) {
    static final String SWIM = "SWIM";
    static final String LIFEGUARD = "Lifeguard";
    static final String HEARSAY = "Hearsay";

    /** SWIM as Lifeguard's paper measures it: a fixed suspicion, no local health, no buddy system. */
    static Variant swim(int alpha) {
        Config config = memberlist().toBuilder()
                .suspicionMult(alpha)
                .suspicionMaxMult(1)
                .healthMax(1)
                .buddySystem(false)
                .build();
        return new Variant(SWIM, alpha, config);
    }

    /** Lifeguard, with the paper's beta of 6. */
    static Variant lifeguard(int alpha) {
        return new Variant(
                LIFEGUARD, alpha, memberlist().toBuilder().suspicionMult(alpha).build());
    }

    /** Hearsay's LAN profile. */
    static Variant hearsay(int alpha) {
        return new Variant(
                HEARSAY, alpha, Config.lan().toBuilder().suspicionMult(alpha).build());
    }

    /** All that the experiment compares; the first is what the others are measured by. */
    static List<Variant> all() {
        List<Variant> all = new ArrayList<>(List.of(swim(5)));
        for (int alpha = 5; alpha >= 2; alpha--) {
            all.add(lifeguard(alpha));
        }
        for (int alpha = 5; alpha >= 2; alpha--) {
            all.add(hearsay(alpha));
        }
        return all;
    }

    /** The LAN profile without what only Hearsay has. */
    private static Config memberlist() {
        return Config.lan().toBuilder().measuredHealth(false).build();
    }

    String name() {
        return system + " " + alpha;
    }
}
