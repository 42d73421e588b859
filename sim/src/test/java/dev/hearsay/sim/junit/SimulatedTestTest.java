package dev.hearsay.sim.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.hearsay.sim.cluster.SimulatedClusters;
import dev.hearsay.sim.cluster.SimulatedClustersBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The extension, seen from a launcher. */
class SimulatedTestTest {
    private static final String SAMPLES = "hearsay.samples";

    private final String given = System.getProperty(SimulatedTestExtension.SEED);

    @AfterEach
    void restore() {
        if (given == null) {
            System.clearProperty(SimulatedTestExtension.SEED);
        } else {
            System.setProperty(SimulatedTestExtension.SEED, given);
        }
    }

    @Test
    void a_test_runs_once_for_each_seed_and_what_fails_says_how_to_repeat_it() {
        System.clearProperty(SimulatedTestExtension.SEED);
        assertEquals(
                List.of(
                        "seed 1: SUCCESSFUL",
                        "seed 2: SUCCESSFUL",
                        "seed 3: FAILED, wrong; this was seed 3; -Dhearsay.seed=3 repeats this run only",
                        "seed 4: SUCCESSFUL"),
                run("thirdFails"));
    }

    @Test
    void one_seed_can_be_repeated_also_one_that_is_not_among_them() {
        System.setProperty(SimulatedTestExtension.SEED, "17");
        assertEquals(List.of("seed 17: SUCCESSFUL"), run("thirdFails"));
    }

    @Test
    void the_settings_of_the_annotation_hold() {
        System.clearProperty(SimulatedTestExtension.SEED);
        assertEquals(List.of("seed 1: SUCCESSFUL"), run("settings"));
        assertEquals(List.of("seed 1: SUCCESSFUL"), run("startsItself"));
    }

    @Test
    void settings_that_make_no_sense_are_told() {
        System.setProperty(SimulatedTestExtension.SEED, "seven");
        assertTrue(run("settings").get(0).contains("hearsay.seed is 'seven': must be a whole number"));
        System.clearProperty(SimulatedTestExtension.SEED);
        assertTrue(run("noSeeds").get(0).contains("seeds is 0: must be 1 or more"));
        assertTrue(
                run("noNodes").get(0).contains("nodes 0 is out of range"),
                () -> run("noNodes").toString());
    }

    /** What becomes of each run of that method. */
    private static List<String> run(String method) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Samples.class))
                .configurationParameter("junit.jupiter.execution.timeout.default", "1 m")
                .build();
        List<String> results = new ArrayList<>();
        System.setProperty(SAMPLES, "true");
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                boolean ofMethod = test.getUniqueId().contains(":" + method + "(");
                if (ofMethod && (test.isTest() || result.getThrowable().isPresent())) {
                    results.add(test.getDisplayName() + ": " + result.getStatus()
                            + result.getThrowable().map(SimulatedTestTest::said).orElse(""));
                }
            }
        });
        System.clearProperty(SAMPLES);
        return results;
    }

    private static String said(Throwable failure) {
        return Stream.concat(Stream.of(failure), Stream.of(failure.getSuppressed()))
                .map(Throwable::getMessage)
                .collect(Collectors.joining("; ", ", ", ""));
    }

    /** Some of these fail on purpose: they run from here only. */
    @EnabledIfSystemProperty(named = SAMPLES, matches = "true")
    static class Samples {
        @SimulatedTest(seeds = 4)
        void thirdFails(SimulatedClusters clusters) {
            if (clusters.seed() == 3) {
                throw new AssertionError("wrong");
            }
        }

        @SimulatedTest(nodes = 2, seeds = 1, loss = 1, together = true)
        void settings(SimulatedClusters clusters) {
            assertEquals(2, clusters.size());
            assertEquals(2, clusters.cluster(0).members().size());
            clusters.await(
                    () -> clusters.cluster(0).members().stream()
                            .anyMatch(member -> !member.status().live()),
                    Duration.ofMinutes(1));
        }

        @SimulatedTest(seeds = 1)
        void startsItself(SimulatedClustersBuilder builder) {
            assertEquals(
                    Map.of("a", "b"),
                    builder.tags(i -> Map.of("a", "b"))
                            .start()
                            .cluster(2)
                            .self()
                            .tags());
        }

        @SimulatedTest(seeds = 0)
        void noSeeds(SimulatedClusters clusters) {}

        @SimulatedTest(nodes = 0)
        void noNodes(SimulatedClusters clusters) {}
    }
}
