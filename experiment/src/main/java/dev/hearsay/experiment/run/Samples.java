package dev.hearsay.experiment.run;

import java.util.Arrays;
import java.util.List;

/**
 * Values of one kind that a run has measured, in ascending order, each of them.
 *
 * @param values at most {@value #MOST}; what was measured beyond that is in no sample
 */
public record Samples(List<Double> values) {
    /** Most values that are kept of one kind. */
    public static final int MOST = 1_000_000;

    /** Sorts. */
    public Samples {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        values = Arrays.stream(sorted).boxed().toList();
    }

    /** How many there are. */
    public int size() {
        return values.size();
    }

    /** Their mean; they must not be empty. */
    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    /** The least value that is not below that share, 0 to 1, of all (nearest rank); they must not be empty. */
    public double quantile(double share) {
        int rank = (int) Math.ceil(share * values.size());
        return values.get(Math.max(0, rank - 1));
    }

    /** What {@link Metric#QUANTILES} names. */
    double figure(String quantile) {
        return switch (quantile) {
            case "mean" -> mean();
            case "p50" -> quantile(0.50);
            case "p99" -> quantile(0.99);
            case "max" -> quantile(1);
            default -> throw new IllegalArgumentException("there is no quantile '" + quantile + "'");
        };
    }
}
