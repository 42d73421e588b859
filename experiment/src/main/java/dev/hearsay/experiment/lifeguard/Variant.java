package dev.hearsay.experiment.lifeguard;

import dev.hearsay.core.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One configuration of the same core.
 *
 * @param system whose rules it follows: SWIM, Lifeguard, Hearsay
 * @param alpha Lifeguard's name for {@code suspicionMult}
 */
public record Variant(String system, int alpha, Config config) {
    /** Plain SWIM; see {@link #swim}. */
    public static final String SWIM = "SWIM";
    /** All of Lifeguard; see {@link #lifeguard}. */
    public static final String LIFEGUARD = "Lifeguard";
    /** Hearsay as it is; see {@link #hearsay}. */
    public static final String HEARSAY = "Hearsay";

    /** SWIM as Lifeguard's paper measures it: a fixed suspicion, no local health, no buddy system. */
    public static Variant swim(int alpha) {
        Config config = memberlist().toBuilder()
                .suspicionMult(alpha)
                .suspicionMaxMult(1)
                .confirmations(0)
                .healthMax(1)
                .buddySystem(false)
                .build();
        return new Variant(SWIM, alpha, config);
    }

    /** Lifeguard, with the paper's beta of 6 and K of 3. */
    public static Variant lifeguard(int alpha) {
        Config config =
                memberlist().toBuilder().suspicionMult(alpha).confirmations(3).build();
        return new Variant(LIFEGUARD, alpha, config);
    }

    /** SWIM with the first third of Lifeguard: whoever misses answers probes more slowly (LHA-Probe). */
    public static Variant localHealthProbe(int alpha) {
        Config config = swim(alpha).config.toBuilder().healthMax(8).build();
        return new Variant("LHA-Probe", alpha, config);
    }

    /** SWIM with the second: a suspicion is long until others confirm it (LHA-Suspicion). */
    public static Variant localHealthSuspicion(int alpha) {
        Config config = swim(alpha).config.toBuilder()
                .suspicionMaxMult(6)
                .confirmations(3)
                .build();
        return new Variant("LHA-Suspicion", alpha, config);
    }

    /** SWIM with the third: the suspect is told first. */
    public static Variant buddySystem(int alpha) {
        Config config = swim(alpha).config.toBuilder().buddySystem(true).build();
        return new Variant("Buddy System", alpha, config);
    }

    /** Hearsay's LAN profile. */
    public static Variant hearsay(int alpha) {
        return new Variant(
                HEARSAY, alpha, Config.lan().toBuilder().suspicionMult(alpha).build());
    }

    /** All that the experiment compares; the first is what the others are measured by. */
    public static List<Variant> all() {
        List<Variant> all = new ArrayList<>(List.of(swim(5)));
        for (int alpha = 5; alpha >= 2; alpha--) {
            all.add(lifeguard(alpha));
        }
        for (int alpha = 5; alpha >= 2; alpha--) {
            all.add(hearsay(alpha));
        }
        return all;
    }

    /** memberlist's failure detector, and nothing else that only Hearsay has. */
    private static Config memberlist() {
        return Config.memberlist().toBuilder()
                .guards(0)
                .forwardDelay(Duration.ZERO)
                .flapThreshold(0)
                .build();
    }

    /** System and alpha. */
    public String name() {
        return system + " " + alpha;
    }
}
