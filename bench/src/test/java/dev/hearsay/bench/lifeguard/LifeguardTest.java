package dev.hearsay.bench.lifeguard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Config;
import dev.hearsay.experiment.lifeguard.Anomaly;
import dev.hearsay.experiment.lifeguard.Variant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The small form of Lifeguard's experiment: fixed seeds, virtual time. */
class LifeguardTest {
    private static final List<Anomaly> ANOMALIES =
            List.of(new Anomaly(32, 8, 16_384, 1_024, 60), new Anomaly(32, 8, 32_768, 64, 60));

    private static long falsePositives(Variant variant) {
        return LongStream.rangeClosed(1, 4)
                .parallel()
                .map(seed -> ANOMALIES.stream()
                        .mapToLong(anomaly -> anomaly.run(variant, seed).falsePositives())
                        .sum())
                .sum();
    }

    /** Section V: Lifeguard has a few percent of SWIM's false positives. Ours knows that its own packets do not leave. */
    @Test
    void lifeguard_has_fewer_false_positives_than_swim_and_hearsay_fewer_than_lifeguard_at_a_lower_alpha() {
        long swim = falsePositives(Variant.swim(5));
        long lifeguard = falsePositives(Variant.lifeguard(2));
        long hearsay = falsePositives(Variant.hearsay(2));
        String all = "SWIM 5: " + swim + ", Lifeguard 2: " + lifeguard + ", Hearsay 2: " + hearsay;
        assertTrue(falsePositives(Variant.lifeguard(5)) < swim, all);
        assertTrue(lifeguard > 0 && hearsay < lifeguard, all);
    }

    @Test
    void a_storm_of_garbage_collection_makes_nobody_fail() {
        List<GcStorm.Result> storms = LongStream.rangeClosed(1, 5)
                .parallel()
                .mapToObj(seed -> GcStorm.run(20, Config.lan(), seed, 6))
                .toList();
        for (GcStorm.Result storm : storms) {
            assertEquals(0, storm.failures(), storms::toString);
            assertTrue(storm.pauses() > 300, storms::toString);
        }
    }
}
