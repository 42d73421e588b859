package dev.hearsay.experiment.run;

import java.util.List;

/**
 * How something went over virtual time.
 *
 * @param unit what the values are counted in
 * @param meaning one sentence for a person
 * @param times in seconds of virtual time, ascending
 * @param values one for each time
 */
public record Series(Metric.Unit unit, String meaning, List<Double> times, List<Double> values) {
    /** Checks that there is one value for each time. */
    public Series {
        times = List.copyOf(times);
        values = List.copyOf(values);
        if (times.size() != values.size()) {
            throw new IllegalArgumentException(times.size() + " times but " + values.size() + " values");
        }
    }
}
