package dev.hearsay.spark;

import dev.hearsay.experiment.sweep.Engine;
import dev.hearsay.experiment.sweep.Plan;
import dev.hearsay.experiment.sweep.RowJson;
import dev.hearsay.experiment.sweep.Run;
import dev.hearsay.experiment.sweep.SweepException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Distributes runs over the executors of a Spark cluster. The rows of a partition come back as soon as it is done, so that a sweep
 * that is interrupted keeps those of all partitions before.
 */
public final class SparkEngine implements Engine {
    /** Most partitions of one sweep: Spark's driver keeps something about each. */
    static final int MOST_PARTITIONS = 10_000;

    private static final String GROUP = "hearsay-sweep";

    private final JavaSparkContext context;

    /** An engine on that context, which stays open. */
    public SparkEngine(JavaSparkContext context) {
        this.context = context;
    }

    @Override
    public void execute(Plan plan, List<Run> runs, BooleanSupplier stopped, Sink sink) throws SweepException {
        if (runs.isEmpty()) {
            return;
        }
        // Both go as text: nothing depends on how, or with which library, a cluster serializes Java's objects.
        List<String> tasks = new ArrayList<>();
        runs.forEach(run -> tasks.add(Partition.task(run)));
        Broadcast<String> shared = context.broadcast(plan.line());
        ClassTag<String[]> lines = ClassTag$.MODULE$.apply(String[].class);
        Arrivals arrivals = new Arrivals(stopped, sink);
        context.setJobGroup(GROUP, "Hearsay: " + plan.scenario(), true);
        try {
            context.sc()
                    .runJob(
                            context.parallelize(tasks, Math.min(tasks.size(), MOST_PARTITIONS))
                                    .rdd(),
                            new Partition(shared),
                            arrivals,
                            lines);
        } catch (RuntimeException e) {
            // Spark's own message has a stack trace of another machine in it.
            SweepException refused = arrivals.refused.get();
            throw refused != null ? refused : new SweepException("Spark could not go on: " + firstLine(e));
        } finally {
            context.clearJobGroup();
            shared.unpersist();
        }
        SweepException refused = arrivals.refused.get();
        if (refused != null) {
            throw refused;
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /** Takes the rows of partitions, in the driver, in the order in which they are done. */
    private final class Arrivals extends AbstractFunction2<Object, String[], BoxedUnit> {
        private final BooleanSupplier stopped;
        private final Sink sink;
        private final AtomicReference<@Nullable SweepException> refused = new AtomicReference<>();

        Arrivals(BooleanSupplier stopped, Sink sink) {
            this.stopped = stopped;
            this.sink = sink;
        }

        @Override
        public BoxedUnit apply(Object partition, String[] rows) {
            try {
                for (String row : rows) {
                    if (refused.get() == null) {
                        sink.take(RowJson.read(row));
                    }
                }
            } catch (SweepException e) {
                refused.set(e);
            }
            if (refused.get() != null || stopped.getAsBoolean()) {
                context.cancelJobGroup(GROUP);
            }
            return BoxedUnit.UNIT;
        }
    }
}
