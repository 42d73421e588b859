package dev.hearsay.agent.http;

import dev.hearsay.api.Propagation;
import dev.hearsay.api.State;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/** How long writes of others took to come here, as a histogram that the node itself counts: read at each scrape. */
final class PropagationMeter implements Collector {
    static final String NAME = "hearsay_state_propagation_seconds";
    private static final double MILLIS = 1000;

    private final State state;

    PropagationMeter(State state) {
        this.state = state;
    }

    @Override
    public MetricSnapshot collect() {
        Propagation delays = state.propagation();
        List<Double> bounds = new ArrayList<>();
        delays.boundsMillis().forEach(bound -> bounds.add(bound / MILLIS));
        bounds.add(Double.POSITIVE_INFINITY);
        return HistogramSnapshot.builder()
                .name(NAME)
                .help("How long writes of others to the shared state took until they could be read here")
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, delays.counts()))
                        .sum(delays.sumMillis() / MILLIS)
                        .build())
                .build();
    }

    @Override
    public String getPrometheusName() {
        return NAME;
    }
}
