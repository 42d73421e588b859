package dev.hearsay.experiment.run;

import dev.hearsay.experiment.run.Infection.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run has found, while it is put together. */
final class Findings {
    private final Map<String, Double> metrics = new TreeMap<>();
    private final Map<String, Samples> samples = new TreeMap<>();
    private final List<Curve> curves = new ArrayList<>();

    /** A figure. Its name must be in the table. */
    void put(String name, double value) {
        if (Metric.find(name) == null) {
            throw new IllegalStateException("there is no metric '" + name + "': put it into Metric");
        }
        metrics.put(name, value);
    }

    /** A distribution, and its figures; nothing if there are no values. */
    void spread(String name, Samples values) {
        if (values.size() > 0) {
            samples.put(name, values);
            Metric.QUANTILES.forEach(quantile -> put(name + "." + quantile, values.figure(quantile)));
        }
    }

    void infections(List<Curve> more) {
        curves.addAll(more);
    }

    Map<String, Double> metrics() {
        return metrics;
    }

    Map<String, Samples> samples() {
        return samples;
    }

    List<Curve> curves() {
        return curves;
    }
}
