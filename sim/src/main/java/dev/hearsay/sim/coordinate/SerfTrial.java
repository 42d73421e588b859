package dev.hearsay.sim.coordinate;

import dev.hearsay.sim.coordinate.Settling.Accuracy;
import java.time.Duration;

/**
 * The accuracy tests of Serf's coordinates, with the errors it allows itself. Serf's are those of one seed; over many seeds
 * its algorithm does a little worse on the circle and better elsewhere, in whatever language it is written.
 */
public enum SerfTrial {
    /** Ten nodes on a line, 10 ms apart. */
    LINE(10, 8, 0.0031, 0.0130),
    /** Twenty-five nodes on a square grid, 10 ms apart. */
    GRID(25, 8, 0.0016, 0.0230),
    /** Twenty-five nodes at two sites: 1 ms inside, 11 ms between them. */
    SPLIT(25, 8, 0.000060, 0.00048),
    /** Twenty-four nodes on a circle of 100 ms and one high above its middle, in two dimensions and the height. */
    CIRCLE(25, 2, 0.0028, 0.064),
    /** Twenty-five nodes with distances that fit into no space: 100 ms on average, with a deviation of 10 ms. */
    RANDOM(25, 8, 0.075, 0.33);

    /** How often each node measures another in a trial. */
    public static final int ROUNDS = 1_000;

    private final int nodes;
    private final int dimensions;
    private final double average;
    private final double worst;

    SerfTrial(int nodes, int dimensions, double average, double worst) {
        this.nodes = nodes;
        this.dimensions = dimensions;
        this.average = average;
        this.worst = worst;
    }

    /** The nodes after {@value #ROUNDS} rounds. */
    public Settling run(long seed) {
        return Settling.atOrigin(landscape(seed), dimensions, seed).run(ROUNDS);
    }

    /** How many nodes take part. */
    public int nodes() {
        return nodes;
    }

    /** The errors above which Serf's own test fails. */
    public Accuracy published() {
        return new Accuracy(average, worst);
    }

    private Landscape landscape(long seed) {
        return switch (this) {
            case LINE -> Landscape.line(nodes, ms(10));
            case GRID -> Landscape.grid(5, ms(10));
            case SPLIT -> Landscape.split(nodes, ms(1), ms(10));
            case CIRCLE -> Landscape.circle(nodes, ms(100));
            case RANDOM -> Landscape.random(nodes, ms(100), ms(10), seed);
        };
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
