package dev.hearsay.experiment.fuzz;

import dev.hearsay.core.Prng;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Runs random scenarios until one fails, or until there have been enough. Which scenarios there are follows from the seed, and which
 * of them is told first does not depend on the number of threads.
 */
public final class Fuzzer {
    private static final long LOOK_MILLIS = 200;

    private final Runner runner;
    private final Plan plan;

    private final Object lock = new Object();
    private final Map<String, Finding> findings = new TreeMap<>();
    private final long begun = System.nanoTime();
    private long next;
    private long runs;
    private double seconds;
    private long inputs;
    private long lowest = Long.MAX_VALUE;
    private boolean broken;

    /**
     * What to do.
     *
     * @param seed decides all scenarios
     * @param runs most scenarios, above 0
     * @param time after this, no further scenario begins; zero for as long as it takes
     * @param members most in a scenario, {@value RandomScenario#FEWEST} to {@value RandomScenario#MOST}
     * @param threads that run scenarios at the same time, above 0
     * @param keepGoing whether to go on after the first finding, and tell one for each kind of failure
     */
    public record Plan(long seed, long runs, Duration time, int members, int threads, boolean keepGoing) {
        /** Checks the ranges. */
        public Plan {
            if (runs < 1 || threads < 1) {
                throw new IllegalArgumentException("runs " + runs + " and threads " + threads + " must be above 0");
            }
            if (members < RandomScenario.FEWEST || members > RandomScenario.MOST) {
                throw new IllegalArgumentException(
                        "members " + members + ": must be " + RandomScenario.FEWEST + " to " + RandomScenario.MOST);
            }
        }
    }

    /**
     * How far it is.
     *
     * @param runs that are over
     * @param virtualSeconds that passed in them
     * @param inputs that their members took
     * @param seconds since the beginning
     * @param findings so far, of different kinds
     */
    public record State(long runs, double virtualSeconds, long inputs, double seconds, int findings) {}

    /**
     * What came of it.
     *
     * @param state in the end
     * @param findings the first of each kind, in the order of their numbers
     */
    public record Result(State state, List<Finding> findings) {}

    /** Scenarios are run by that. */
    public Fuzzer(Runner runner, Plan plan) {
        this.runner = runner;
        this.plan = plan;
    }

    /** The number of the scenario at that place, from 0, among those of a seed. */
    public static long number(long seed, long place) {
        return Prng.mix(seed ^ Prng.mix(place + 1));
    }

    /**
     * Runs them all.
     *
     * @param progress hears some times a second how far it is, in the calling thread
     * @throws InterruptedException if the calling thread is interrupted; the runs that have begun end by themselves
     */
    public Result run(Consumer<State> progress) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(plan.threads(), task -> {
            Thread thread = new Thread(task, "fuzz");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < plan.threads(); i++) {
                workers.add(threads.submit(this::work));
            }
            for (Future<?> worker : workers) {
                await(worker, progress);
            }
        } finally {
            threads.shutdownNow();
        }
        progress.accept(state());
        return new Result(state(), told());
    }

    private void await(Future<?> worker, Consumer<State> progress) throws InterruptedException {
        while (true) {
            try {
                worker.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                progress.accept(state());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a run ended in an error that is none of the scenario's", e.getCause());
            }
        }
    }

    private State state() {
        synchronized (lock) {
            return new State(runs, seconds, inputs, (System.nanoTime() - begun) / 1e9, findings.size());
        }
    }

    private List<Finding> told() {
        synchronized (lock) {
            return findings.values().stream()
                    .filter(finding -> plan.keepGoing() || finding.number() == lowest)
                    .sorted((one, other) -> Long.compare(one.number(), other.number()))
                    .toList();
        }
    }

    private void work() {
        boolean done = false;
        try {
            for (long place = take(); place >= 0; place = take()) {
                String text = RandomScenario.text(number(plan.seed(), place), plan.members());
                Scenario scenario = ScenarioFile.read("scenario " + place, text);
                count(place, text, scenario.seed(), runner.run(scenario, scenario.seed()));
            }
            done = true;
        } finally {
            synchronized (lock) {
                broken |= !done;
            }
        }
    }

    /** The next scenario to run; -1 if there is none. */
    private long take() {
        synchronized (lock) {
            boolean late = !plan.time().isZero()
                    && System.nanoTime() - begun > plan.time().toNanos();
            boolean found = !plan.keepGoing() && !findings.isEmpty();
            return broken || late || found || next >= plan.runs() ? -1 : next++;
        }
    }

    private void count(long place, String text, long seed, Outcome outcome) {
        synchronized (lock) {
            runs++;
            seconds += outcome.seconds();
            inputs += outcome.inputs();
            Optional<Failure> failure = outcome.failure();
            if (failure.isPresent()) {
                // A run that began earlier may end later: the least number counts, whatever the threads did.
                Finding finding = new Finding(place, text, seed, failure.get());
                findings.merge(failure.get().kind(), finding, (a, b) -> a.number() <= b.number() ? a : b);
                lowest = Math.min(lowest, place);
            }
        }
    }
}
