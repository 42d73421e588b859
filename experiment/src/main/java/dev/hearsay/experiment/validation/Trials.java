package dev.hearsay.experiment.validation;

import dev.hearsay.core.Prng;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Runs what is independent on several threads. What comes out does not depend on how many there are: each run has a seed of
 * its own, and the results come in the order of the runs.
 */
public final class Trials implements AutoCloseable {
    private final boolean quick;
    private final long seed;
    private final ForkJoinPool pool;
    private final Progress progress;
    private final AtomicInteger done = new AtomicInteger();
    private String section = "";

    /** Hears how far it is. Called by several threads, one at a time. */
    @FunctionalInterface
    public interface Progress {
        /** A section has done so many runs. */
        void at(String section, int runs);
    }

    /** One of many runs. */
    @FunctionalInterface
    public interface Run<T> {
        /** Runs it. */
        T apply(int number, long seed);
    }

    /**
     * The settings of all sections.
     *
     * @param quick whether to run what takes seconds and gives rough figures
     * @param seed of everything random
     * @param threads 1 or more
     */
    public Trials(boolean quick, long seed, int threads, Progress progress) {
        this.quick = quick;
        this.seed = seed;
        this.pool = new ForkJoinPool(threads);
        this.progress = progress;
    }

    /** The first if this is to be quick, else the second. */
    public int size(int small, int full) {
        return quick ? small : full;
    }

    /** Whether this is to be quick. */
    public boolean quick() {
        return quick;
    }

    /**
     * So many runs.
     *
     * @param what names the experiment: others get other seeds
     * @param run is given its seed, and may run beside others
     * @return what each has given, in order
     */
    public <T> List<T> each(String what, int runs, LongFunction<T> run) {
        return each(what, runs, (number, seedOfRun) -> run.apply(seedOfRun));
    }

    /** The same, for runs that are not all alike: each is given its number, from 0, too. */
    public <T> List<T> each(String what, int runs, Run<T> run) {
        long base = Prng.mix(seed) + what.hashCode();
        return pool.submit(() -> IntStream.range(0, runs)
                        .parallel()
                        .mapToObj(i -> {
                            T result = run.apply(i, Prng.mix(base * 31 + i));
                            tick();
                            return result;
                        })
                        .toList())
                .join();
    }

    private synchronized void tick() {
        progress.at(section, done.incrementAndGet());
    }

    void begin(Section next) {
        section = next.name();
        done.set(0);
    }

    /** Ends its threads. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
