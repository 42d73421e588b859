package dev.hearsay.spark;

import dev.hearsay.experiment.sweep.SweepException;
import dev.hearsay.experiment.sweep.SweepFlags;
import dev.hearsay.experiment.sweep.SweepTool;
import java.io.PrintStream;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * {@code hearsay sim sweep} for {@code spark-submit}: the same arguments, the same files, but the runs are done by the executors.
 * The driver reads the scenario and writes the folder, so it must be where these are (deploy mode {@code client}).
 */
public final class SparkSweep {
    private static final int BAD_INPUT = 1;

    private final PrintStream out;
    private final PrintStream err;

    /** A program that writes there. */
    SparkSweep(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** The program: exits with 0, with 2 if a run did not come out as expected, with 1 if something is wrong with the input. */
    public static void main(String[] args) throws InterruptedException {
        int code = new SparkSweep(System.out, System.err)
                .run(new SparkConf().setIfMissing("spark.app.name", "Hearsay sweep"), args);
        System.exit(code);
    }

    /** Runs with that configuration; master and all else stand in it. */
    int run(SparkConf conf, String... args) throws InterruptedException {
        SweepFlags flags = new SweepFlags();
        try {
            new CommandLine(flags)
                    .setPosixClusteredShortOptionsAllowed(false)
                    .parseArgs(Arrays.stream(args)
                            .map(arg -> arg.startsWith("--") ? arg.substring(1) : arg)
                            .toArray(String[]::new));
            // What is wrong is told before a cluster is asked for anything.
            flags.plan();
            flags.folder();
        } catch (ParameterException | SweepException e) {
            err.println("Error: " + e.getMessage());
            return BAD_INPUT;
        }
        try (JavaSparkContext context = new JavaSparkContext(conf)) {
            // What a person looks for is between Spark's lines otherwise.
            context.setLogLevel("WARN");
            return new SweepTool(out, err, false).run(flags, new SparkEngine(context));
        } catch (UnsupportedOperationException e) {
            // Hadoop's library, which Spark begins with, asks the JDK for something that is gone since 24 (JEP 486).
            err.println("Error: this Spark does not run on Java "
                    + Runtime.version().feature() + " (" + e.getMessage() + "): set JAVA_HOME to 17 or 21");
            return BAD_INPUT;
        } catch (SweepException e) {
            err.println("Error: " + e.getMessage());
            return BAD_INPUT;
        }
    }
}
