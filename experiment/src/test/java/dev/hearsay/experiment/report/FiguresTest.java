package dev.hearsay.experiment.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.experiment.run.Metric;
import dev.hearsay.experiment.run.RunResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void everyFigureStandsUnderOneTopic() {
        Map<String, Double> all = new TreeMap<>();
        Metric.ALL.keySet().forEach(name -> all.put(name, 1.0));
        all.put("novel", 2.0);
        all.put("novel.p50", 3.0);
        RunResult result = SampleRun.measured(all);
        TreeMap<String, Double> shown = new TreeMap<>();
        for (Figures.Topic topic : Figures.byTopic(result)) {
            topic.singles().forEach(each -> shown.merge(each.metric().name(), each.value(), Double::sum));
            topic.spreads()
                    .forEach(each -> each.columns()
                            .forEach((quantile, value) ->
                                    shown.merge(each.name() + "." + quantile, value, Double::sum)));
        }
        assertEquals(all, shown);
    }

    @Test
    void topicsWithoutFiguresAreLeftOut() {
        RunResult result = SampleRun.measured(Map.of("event-copies", 3.0, "bytes", 1.0));
        assertEquals(
                List.of("User events", "Load"),
                Figures.byTopic(result).stream().map(Figures.Topic::title).toList());
    }

    @Test
    void keyFiguresAreMetricsThatThereAre() {
        Map<String, Double> all = new TreeMap<>();
        Metric.ALL.keySet().forEach(name -> all.put(name, 1.0));
        TreeSet<String> key = new TreeSet<>();
        Figures.key(SampleRun.measured(all))
                .forEach(each -> key.add(each.metric().name()));
        assertEquals(16, key.size(), key.toString());
    }
}
