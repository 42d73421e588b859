package dev.hearsay.agent.mixed;

import dev.hearsay.agent.AgentProcess;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The long form of {@link MixedClusterTest}: random steps for some minutes, in each combination at the same time. What it
 * prints names the seed, with which the same steps come again.
 */
final class MixedClusterRun {
    private static final int OURS = 3;
    private static final int SERF = 3;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    /** What takes longer is told with its reason: somebody waited for a push/pull. */
    private static final Duration SLOW = Duration.ofSeconds(10);

    private final long seed;
    private final Duration time;
    private final Report report = new Report();

    private MixedClusterRun(Duration time, long seed) {
        this.time = time;
        this.seed = seed;
    }

    /** Arguments: minutes, seed, and the combinations if not all. Exits with 1 if some agents did not agree in time. */
    public static void main(String[] args) throws InterruptedException {
        if (!AgentProcess.serfInstalled()) {
            System.err.println("'serf' is not on the PATH. Debian, Ubuntu: apt-get install serf");
            System.exit(2);
        }
        Duration time = Duration.ofSeconds(Math.round(60 * Double.parseDouble(args.length > 0 ? args[0] : "10")));
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime() & 0xffffff;
        List<Layers> all =
                args.length > 2 ? Arrays.stream(args).skip(2).map(Layers::parse).toList() : List.of(Layers.values());
        System.exit(new MixedClusterRun(time, seed).run(all) ? 0 : 1);
    }

    private boolean run(List<Layers> all) throws InterruptedException {
        System.out.printf("%d agents of ours and %d of Serf's, %d s, seed %d%n", OURS, SERF, time.toSeconds(), seed);
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        Map<Layers, Future<Integer>> runs = new LinkedHashMap<>();
        for (Layers layers : all) {
            runs.put(layers, threads.submit(cluster(layers)));
        }
        List<String> results = new ArrayList<>();
        boolean passed = true;
        for (Map.Entry<Layers, Future<Integer>> each : runs.entrySet()) {
            String name = each.getKey().text();
            try {
                results.add(String.format(
                        Locale.ROOT,
                        "%-21s all agreed after each of %d steps",
                        name,
                        each.getValue().get()));
            } catch (ExecutionException e) {
                passed = false;
                results.add(String.format(Locale.ROOT, "%-21s FAILED", name));
                System.out.println("\n" + name + ": " + e.getCause());
            }
        }
        threads.shutdown();
        System.out.println("\nUntil all agreed, from the beginning of the step (a start includes the JVM's):");
        System.out.print(report.text());
        results.forEach(System.out::println);
        if (!passed) {
            System.out.println("The same steps again: agent/mixed-cluster " + time.toMinutes() + " " + seed);
        }
        return passed;
    }

    /** One combination, until the time is over; gives the number of steps. */
    private Callable<Integer> cluster(Layers layers) {
        return () -> {
            long begun = System.nanoTime();
            Expected expected = new Expected(Networks.of(layers), OURS, SERF);
            Script script = new Script(31 * seed + layers.ordinal(), expected);
            int steps = 0;
            try (MixedCluster cluster = new MixedCluster(layers, expected)) {
                Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
                while (System.nanoTime() - begun < time.toNanos()) {
                    Step step = script.next();
                    tell(layers, ++steps, step, "");
                    Duration took = cluster.perform(step);
                    report.add(step.action(), took);
                    String slow = took.compareTo(SLOW) < 0 ? "" : ", at last not: " + cluster.lastWrong();
                    tell(
                            layers,
                            steps,
                            step,
                            String.format(Locale.ROOT, ": agreed, %.1f s", Report.seconds(took)) + slow);
                }
            }
            return steps;
        };
    }

    private static void tell(Layers layers, int number, Step step, String what) {
        System.out.printf(
                "%s %-21s %3d %s%s%n",
                LocalTime.now(ZoneId.systemDefault()).format(CLOCK), layers.text(), number, step, what);
    }
}
