package dev.hearsay.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A young node repeats arrivals briefly, because its early push/pulls make up for it. */
class YouthTest {
    private static final int MEMBERS = 20;

    @Test
    void aYoungNodeRepeatsAnArrivalAsOftenAsInTheSmallestCluster() {
        assertEquals(4, repetitions(Config.lan()));
    }

    @Test
    void withoutPushPullsANodeRepeatsArrivalsInFullFromTheStart() {
        assertEquals(
                8,
                repetitions(
                        Config.lan().toBuilder().pushPullInterval(Duration.ZERO).build()));
    }

    /** How often the last of the members that arrived is sent on. */
    private static long repetitions(Config config) {
        Script script = new Script(config);
        script.run("start");
        for (int i = 2; i <= MEMBERS; i++) {
            script.run("alive n" + i + " 1");
        }
        long sent = 0;
        for (int round = 0; round < 100; round++) {
            sent += script.run("gossip").stream()
                    .filter(line -> line.contains("alive n" + MEMBERS + "@"))
                    .count();
        }
        return sent;
    }
}
