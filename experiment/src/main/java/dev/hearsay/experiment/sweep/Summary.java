package dev.hearsay.experiment.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.StatUtils;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.hipparchus.stat.descriptive.rank.Percentile.EstimationType;

/**
 * One metric over the runs of one point.
 *
 * @param n how many runs measured it
 * @param mean of them
 * @param median of them
 * @param p5 twentieth of the values below; between two values by their distance (Hyndman and Fan's type 7, as in R)
 * @param p95 twentieth of the values above, likewise
 * @param low lower end of the 95 % confidence interval of the mean, by Student's t; the mean itself if n is 1
 * @param high its upper end
 */
public record Summary(int n, double mean, double median, double p5, double p95, double low, double high) {
    private static final double TWO_SIDED_95 = 0.975;

    /** Of that metric; empty if no run measured it. */
    public static Optional<Summary> of(String metric, List<Row> rows) {
        List<Double> values = new ArrayList<>();
        for (Row row : rows) {
            Double value = row.metrics().get(metric);
            if (value != null) {
                values.add(value);
            }
        }
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        of(values.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    /** Of these values, at least one. */
    static Summary of(double[] values) {
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        percentile.setData(values);
        double mean = StatUtils.mean(values);
        double half = 0;
        if (values.length > 1) {
            double error = Math.sqrt(StatUtils.variance(values) / values.length);
            half = new TDistribution(values.length - 1.0).inverseCumulativeProbability(TWO_SIDED_95) * error;
        }
        return new Summary(
                values.length,
                mean,
                percentile.evaluate(50),
                percentile.evaluate(5),
                percentile.evaluate(95),
                mean - half,
                mean + half);
    }
}
