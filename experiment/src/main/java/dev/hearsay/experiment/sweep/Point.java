package dev.hearsay.experiment.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One choice of a value on each axis.
 *
 * @param index from 0, in the order of the grid: the last axis changes first
 * @param parameters the value for each path, in the order of the axes; empty if nothing is varied
 */
public record Point(int index, Map<String, String> parameters) {
    /** Copies. */
    public Point {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** {@code network.loss=5% cluster.members=100}. */
    public String show() {
        return parameters.isEmpty() ? "the scenario as it is" : show(parameters, " ");
    }

    static String show(Map<String, String> parameters, String between) {
        return parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(between));
    }
}
