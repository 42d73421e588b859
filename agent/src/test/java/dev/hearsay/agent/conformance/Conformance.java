package dev.hearsay.agent.conformance;

import dev.hearsay.agent.AgentProcess;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the steps in all four ways, each with agents of its own, at the same time. */
final class Conformance {
    private Conformance() {}

    /** Prints a table; exits with 1 if something differs that should not. */
    public static void main(String[] args) throws Exception {
        if (!AgentProcess.serfInstalled()) {
            System.err.println("'serf' is not on the PATH. Debian, Ubuntu: apt-get install serf");
            System.exit(2);
        }
        Comparison comparison = run();
        comparison.print(System.out);
        System.exit(comparison.errors().isEmpty() ? 0 : 1);
    }

    static Comparison run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(Way.values().length);
        try {
            Map<Way, Future<Map<String, Outcome>>> runs = new EnumMap<>(Way.class);
            for (Way way : Way.values()) {
                runs.put(way, threads.submit(() -> {
                    try (Site site = new Site(way)) {
                        return Scenario.run(site);
                    }
                }));
            }
            Map<Way, Map<String, Outcome>> outcomes = new EnumMap<>(Way.class);
            for (Map.Entry<Way, Future<Map<String, Outcome>>> each : runs.entrySet()) {
                outcomes.put(each.getKey(), each.getValue().get());
            }
            return new Comparison(outcomes);
        } finally {
            threads.shutdownNow();
        }
    }
}
