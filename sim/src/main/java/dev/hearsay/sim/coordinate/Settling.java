package dev.hearsay.sim.coordinate;

import dev.hearsay.core.Prng;
import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.core.coordinate.Vivaldi;
import java.util.ArrayList;
import java.util.List;

/** A node on each place of a landscape; all find their coordinates by measuring one another at random. Not thread-safe. */
public final class Settling {
    private final Landscape landscape;
    private final Prng prng;
    private final List<Vivaldi> nodes = new ArrayList<>();

    /**
     * Nodes that begin where they are told to.
     *
     * @param starts one for each place of the landscape, all of as many dimensions
     */
    public Settling(Landscape landscape, long seed, List<Coordinate> starts) {
        this.landscape = landscape;
        this.prng = new Prng(seed);
        for (int i = 0; i < landscape.places(); i++) {
            nodes.add(new Vivaldi(new Prng(prng.nextLong()), starts.get(i)));
        }
    }

    /** Nodes that all begin at the origin of a space of so many dimensions. */
    public static Settling atOrigin(Landscape landscape, int dimensions, long seed) {
        Coordinate origin = Coordinate.of(new double[dimensions], Coordinate.MAX_ERROR, 0, Coordinate.MIN_HEIGHT);
        List<Coordinate> starts = new ArrayList<>();
        for (int i = 0; i < landscape.places(); i++) {
            starts.add(origin);
        }
        return new Settling(landscape, seed, starts);
    }

    /** So often, each node in turn measures one at random; one that would measure itself does nothing in that round. */
    public Settling run(int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < nodes.size(); i++) {
                int other = prng.below(nodes.size());
                if (other != i) {
                    nodes.get(i).observe("node-" + other, nodes.get(other).own(), landscape.nanos(i, other));
                }
            }
        }
        return this;
    }

    /** Where the node on that place believes it is. */
    public Coordinate at(int place) {
        return nodes.get(place).own();
    }

    /** How far the middle of the box around all nodes is from the origin: seconds. Gravity makes it smaller. */
    public double drift() {
        double squares = 0;
        for (int dimension = 0; dimension < at(0).dimensions(); dimension++) {
            double least = at(0).at(dimension);
            double most = least;
            for (Vivaldi node : nodes) {
                least = Math.min(least, node.own().at(dimension));
                most = Math.max(most, node.own().at(dimension));
            }
            squares += (least + most) / 2 * ((least + most) / 2);
        }
        return Math.sqrt(squares);
    }

    /** How far the estimates are from the truth, over all pairs. */
    public Accuracy accuracy() {
        double sum = 0;
        double worst = 0;
        int pairs = 0;
        for (int a = 0; a < nodes.size(); a++) {
            for (int b = a + 1; b < nodes.size(); b++) {
                double truth = landscape.nanos(a, b);
                double error = Math.abs(at(a).distanceNanos(at(b)) - truth) / truth;
                sum += error;
                worst = Math.max(worst, error);
                pairs++;
            }
        }
        return new Accuracy(sum / pairs, worst);
    }

    /**
     * Relative errors of estimated round trips.
     *
     * @param average over all pairs; 0.01 is one percent
     * @param worst of all pairs
     */
    public record Accuracy(double average, double worst) {}
}
