package dev.hearsay.spark;

import dev.hearsay.experiment.sweep.Engine;
import dev.hearsay.experiment.sweep.Plan;
import dev.hearsay.experiment.sweep.Point;
import dev.hearsay.experiment.sweep.RowJson;
import dev.hearsay.experiment.sweep.Run;
import dev.hearsay.experiment.sweep.Runner;
import dev.hearsay.experiment.sweep.ScenarioRunner;
import dev.hearsay.experiment.sweep.SweepException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Runs what a partition has, in an executor, one after the other. */
final class Partition extends AbstractFunction1<Iterator<String>, String[]> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Broadcast<String> plan;

    Partition(Broadcast<String> plan) {
        this.plan = plan;
    }

    /** A run, as it is sent: {@code point/seed}. */
    static String task(Run run) {
        return run.point().index() + "/" + run.seed();
    }

    @Override
    public String[] apply(Iterator<String> tasks) {
        Plan known;
        try {
            known = Plan.parse(plan.value());
        } catch (SweepException e) {
            throw new IllegalStateException("the driver has another version of Hearsay: " + e.getMessage(), e);
        }
        List<Point> points = known.points();
        Runner runner = ScenarioRunner.of(known);
        List<String> rows = new ArrayList<>();
        while (tasks.hasNext()) {
            String task = tasks.next();
            int slash = task.indexOf('/');
            Point point = points.get(Integer.parseInt(task.substring(0, slash)));
            rows.add(RowJson.line(Engine.row(runner, new Run(point, Long.parseLong(task.substring(slash + 1))))));
        }
        return rows.toArray(new String[0]);
    }
}
