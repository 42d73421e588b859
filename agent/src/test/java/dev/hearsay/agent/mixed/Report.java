package dev.hearsay.agent.mixed;

import dev.hearsay.agent.mixed.Step.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long agreement took, by kind of step. Any thread. */
final class Report {
    private final Map<Action, List<Duration>> times = new EnumMap<>(Action.class);

    synchronized void add(Action action, Duration time) {
        times.computeIfAbsent(action, a -> new ArrayList<>()).add(time);
    }

    /** A line for each kind of step. */
    synchronized String text() {
        StringBuilder text = new StringBuilder();
        int steps = 0;
        for (Map.Entry<Action, List<Duration>> each : times.entrySet()) {
            List<Duration> sorted = each.getValue().stream().sorted().toList();
            steps += sorted.size();
            text.append("%-8s %4d   median %5.1f s   slowest %5.1f s%n"
                    .formatted(
                            each.getKey().name().toLowerCase(Locale.ROOT),
                            sorted.size(),
                            seconds(sorted.get(sorted.size() / 2)),
                            seconds(sorted.get(sorted.size() - 1))));
        }
        return text + "%-8s %4d%n".formatted("all", steps);
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
