package dev.hearsay.sim.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once for each of several seeds, in virtual time. It has a parameter of type {@link
 * dev.hearsay.sim.cluster.SimulatedClusters}, and gets one that has started; or of type {@link
 * dev.hearsay.sim.cluster.SimulatedClustersBuilder}, to set more and start it itself.
 *
 * <pre>{@code
 * @SimulatedTest(nodes = 5, seeds = 50, loss = 0.02)
 * void everybodyHears(SimulatedClusters clusters) {
 *     clusters.joinAll(Duration.ofMinutes(1));
 *     ...
 * }
 * }</pre>
 *
 * <p>Each run bears its seed in its name. What fails says it, too; {@code -Dhearsay.seed=17} repeats only the run with that seed, in the
 * JVM of the tests, on any machine.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SimulatedTestExtension.class)
public @interface SimulatedTest {
    /** How many machines: 1 or more. */
    int nodes() default 3;

    /** How many seeds, from 1 on: 1 or more. */
    int seeds() default 10;

    /** The share of packets that the network loses, 0 to 1. */
    double loss() default 0;

    /** Whether everybody knows everybody from the start. */
    boolean together() default false;
}
