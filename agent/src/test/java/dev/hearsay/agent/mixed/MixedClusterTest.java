package dev.hearsay.agent.mixed;

import static dev.hearsay.agent.mixed.Step.Action.BLINK;
import static dev.hearsay.agent.mixed.Step.Action.KILL;
import static dev.hearsay.agent.mixed.Step.Action.LEAVE;
import static dev.hearsay.agent.mixed.Step.Action.MOVE;
import static dev.hearsay.agent.mixed.Step.Action.PAUSE;
import static dev.hearsay.agent.mixed.Step.Action.REBOOT;
import static dev.hearsay.agent.mixed.Step.Action.RESUME;
import static dev.hearsay.agent.mixed.Step.Action.START;
import static dev.hearsay.agent.mixed.Step.Action.TAG;

import dev.hearsay.agent.AgentProcess;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our agents and the real Serf's in one cluster, in the four combinations of encryption and compression. The short form: a
 * fixed sequence, so that it is about the agents whether it passes, not about luck. The long form is
 * {@code agent/mixed-cluster}.
 */
@Timeout(300)
class MixedClusterTest {
    /** At least three are up while one is missed: with fewer, a suspicion waits longer for those who might confirm it. */
    private static final List<Step> STEPS = List.of(
            Step.of(START, "h1"),
            Step.of(START, "s1", "h1"),
            Step.of(START, "h2", "s1"),
            Step.of(START, "s2", "h1"),
            Step.of(TAG, "h1"),
            Step.of(TAG, "s1"),
            Step.of(BLINK, "s2"),
            Step.of(BLINK, "h2"),
            Step.of(REBOOT, "s2", "h2"),
            Step.of(REBOOT, "h1", "s2"),
            Step.of(KILL, "s2"),
            Step.of(START, "s2", "h1"),
            Step.of(KILL, "h1"),
            Step.of(START, "h1", "s2"),
            Step.of(LEAVE, "s1"),
            Step.of(MOVE, "s1", "h2"),
            Step.of(LEAVE, "h2"),
            Step.of(MOVE, "h2", "s2"),
            Step.of(PAUSE, "h2"),
            Step.of(TAG, "s2"),
            Step.of(RESUME, "h2"),
            Step.of(PAUSE, "s1"),
            Step.of(LEAVE, "h1"),
            Step.of(RESUME, "s1"));

    @BeforeAll
    static void sayLoudlyIfSkipped() {
        AgentProcess.sayLoudlyIfNoSerf();
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    @EnabledIf("dev.hearsay.agent.AgentProcess#serfInstalled")
    void aMixedClusterAgreesAfterEveryJoinKillPauseAndLeave(Layers layers) throws Exception {
        try (MixedCluster cluster = new MixedCluster(layers, new Expected(Networks.of(layers), 2, 2))) {
            for (Step step : STEPS) {
                cluster.perform(step);
            }
        }
    }
}
