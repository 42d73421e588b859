package dev.hearsay.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.HeartbeatConfig.Detector;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class HeartbeatConfigTest {
    private static final HeartbeatConfig GIVEN = HeartbeatConfig.DEFAULTS;

    @Test
    void members_are_probed_unless_said_otherwise() {
        assertTrue(!Config.lan().heartbeats().selected());
        assertEquals(
                GIVEN.withDetector(Detector.HEARTBEAT),
                Config.wan().toBuilder()
                        .heartbeats(GIVEN.withDetector(Detector.HEARTBEAT))
                        .build()
                        .heartbeats());
    }

    @Test
    void each_change_changes_one_value() {
        HeartbeatConfig all = GIVEN.withDetector(Detector.HEARTBEAT)
                .withInterval(Duration.ofSeconds(2))
                .withFanout(4)
                .withSubsetBytes(120)
                .withThreshold(9.5)
                .withWindow(50)
                .withLeastDeviation(Duration.ofMillis(7))
                .withAcceptablePause(Duration.ZERO)
                .withTimeout(Duration.ofSeconds(8));
        assertEquals(
                new HeartbeatConfig(
                        Detector.HEARTBEAT,
                        Duration.ofSeconds(2),
                        4,
                        120,
                        9.5,
                        50,
                        Duration.ofMillis(7),
                        Duration.ZERO,
                        Duration.ofSeconds(8)),
                all);
    }

    @Test
    void a_value_out_of_range_is_named_with_its_rule() {
        refused("heartbeat interval PT0S is out of range", c -> c.withInterval(Duration.ZERO));
        refused("at most PT10M", c -> c.withInterval(Duration.ofMinutes(11)));
        refused("heartbeat fanout 0 is out of range: must be 1 to 64", c -> c.withFanout(0));
        refused("heartbeat subsetBytes -1", c -> c.withSubsetBytes(-1));
        refused("heartbeat threshold 0.4 is out of range: must be 0.5 to 100", c -> c.withThreshold(0.4));
        refused("heartbeat threshold NaN", c -> c.withThreshold(Double.NaN));
        refused("heartbeat window 1 is out of range: must be 2 to 1000", c -> c.withWindow(1));
        refused("heartbeat leastDeviation PT0S", c -> c.withLeastDeviation(Duration.ZERO));
        refused("heartbeat acceptablePause PT-1S", c -> c.withAcceptablePause(Duration.ofSeconds(-1)));
        refused("heartbeat timeout PT-1S", c -> c.withTimeout(Duration.ofSeconds(-1)));
        for (UnaryOperator<HeartbeatConfig> edge : List.<UnaryOperator<HeartbeatConfig>>of(
                c -> c.withInterval(Duration.ofMinutes(10)),
                c -> c.withFanout(64),
                c -> c.withSubsetBytes(0),
                c -> c.withThreshold(100),
                c -> c.withWindow(HeartbeatConfig.MAX_WINDOW),
                c -> c.withTimeout(Duration.ZERO))) {
            assertTrue(!edge.apply(GIVEN).selected());
        }
    }

    private static void refused(String message, UnaryOperator<HeartbeatConfig> change) {
        String said = assertThrows(IllegalArgumentException.class, () -> change.apply(GIVEN))
                .getMessage();
        assertTrue(said.contains(message), said);
    }
}
