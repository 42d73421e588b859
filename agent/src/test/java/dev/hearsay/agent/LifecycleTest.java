package dev.hearsay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.config.AgentSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Serf's rules about which signal leaves, and the exit codes. */
class LifecycleTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final FakeCluster cluster = FakeCluster.captured();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void anInterruptLeavesAndExitsWith0() {
        Lifecycle lifecycle = lifecycle(false, false);
        lifecycle.interrupted();
        assertEquals(0, lifecycle.end(cluster, TIMEOUT));
        assertEquals(List.of("leave"), cluster.done);
        assertTrue(said().contains("==> Caught signal: interrupt"), said());
    }

    @Test
    void anInterruptThatIsToldNotToStopsWith1() {
        Lifecycle lifecycle = lifecycle(false, true);
        lifecycle.interrupted();
        assertEquals(1, lifecycle.end(cluster, TIMEOUT));
        assertEquals(List.of(), cluster.done);
    }

    @Test
    void aTerminationStopsWithoutAWordWith1() {
        Lifecycle lifecycle = lifecycle(false, false);
        lifecycle.terminated();
        assertEquals(1, lifecycle.end(cluster, TIMEOUT));
        assertEquals(List.of(), cluster.done);
    }

    @Test
    void aTerminationThatIsToldToLeavesAndExitsWith0() {
        Lifecycle lifecycle = lifecycle(true, false);
        lifecycle.terminated();
        assertEquals(0, lifecycle.end(cluster, TIMEOUT));
        assertEquals(List.of("leave"), cluster.done);
    }

    @Test
    void otherSettingsCountFromTheReloadOn() {
        Lifecycle lifecycle = lifecycle(false, false);
        lifecycle.settings(new AgentSettings.Ending(true, false, true, false));
        lifecycle.terminated();
        assertEquals(0, lifecycle.end(cluster, TIMEOUT));
    }

    @Test
    void aSecondSignalEndsALeaveThatTakesTooLong() {
        cluster.left = new CompletableFuture<>();
        Lifecycle lifecycle = lifecycle(false, false);
        lifecycle.interrupted();
        lifecycle.terminated();
        assertEquals(1, lifecycle.end(cluster, TIMEOUT));
        assertTrue(said().contains("Second signal"), said());
    }

    @Test
    void aLeaveThatNeverEndsIsGivenUp() {
        cluster.left = new CompletableFuture<>();
        Lifecycle lifecycle = lifecycle(false, false);
        lifecycle.interrupted();
        assertEquals(1, lifecycle.end(cluster, Duration.ZERO));
        assertTrue(said().contains("Could not leave gracefully: timed out"), said());
    }

    @Test
    void aLostNameIsTheEndUnlessToldOtherwise() {
        Lifecycle keeps = new Lifecycle(new AgentSettings.Ending(false, false, false, false), out, out);
        keeps.nameLost("gone");
        assertFalse(keeps.ending());
        Lifecycle ends = lifecycle(false, false);
        ends.nameLost("the name is somebody else's");
        assertEquals(1, ends.end(cluster, TIMEOUT));
        assertEquals(List.of(), cluster.done);
        assertTrue(said().contains("==> the name is somebody else's"), said());
    }

    @Test
    void aCommandThatHasLeftExitsWith0AndTheFirstReasonCounts() {
        Lifecycle lifecycle = lifecycle(false, false);
        lifecycle.left();
        lifecycle.failed("later");
        assertEquals(0, lifecycle.end(cluster, TIMEOUT));
        assertEquals("", said());
    }

    private Lifecycle lifecycle(boolean leaveOnTerminate, boolean skipLeaveOnInterrupt) {
        return new Lifecycle(new AgentSettings.Ending(leaveOnTerminate, skipLeaveOnInterrupt, true, false), out, out);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
