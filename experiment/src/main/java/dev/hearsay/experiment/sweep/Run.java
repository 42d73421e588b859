package dev.hearsay.experiment.sweep;

/**
 * One thing that a sweep has to do.
 *
 * @param point where in the grid
 * @param seed of everything random
 */
public record Run(Point point, long seed) {
    /** For a person. */
    public String show() {
        return "seed " + seed + (point.parameters().isEmpty() ? "" : " at " + point.show());
    }
}
