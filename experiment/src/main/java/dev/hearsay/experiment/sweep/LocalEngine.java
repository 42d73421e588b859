package dev.hearsay.experiment.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Threads of this process, each with one run at a time. */
public final class LocalEngine implements Engine {
    /** Most threads of one sweep. */
    public static final int MOST_THREADS = 1_024;

    private final Runner runner;
    private final int threads;

    /**
     * An engine; starts nothing yet.
     *
     * @param threads 1 to {@value #MOST_THREADS}; the memory of that many runs is needed at once
     */
    public LocalEngine(Runner runner, int threads) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads " + threads + " must be 1 to " + MOST_THREADS);
        }
        this.runner = runner;
        this.threads = threads;
    }

    @Override
    public void execute(Plan plan, List<Run> runs, BooleanSupplier stopped, Sink sink)
            throws SweepException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean failed = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, runs.size())), task -> {
            Thread thread = new Thread(task, "sweep");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> {
                    for (int run = next.getAndIncrement();
                            run < runs.size() && !failed.get() && !stopped.getAsBoolean();
                            run = next.getAndIncrement()) {
                        boolean taken = false;
                        try {
                            sink.take(Engine.row(runner, runs.get(run)));
                            taken = true;
                        } finally {
                            failed.compareAndSet(false, !taken);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                join(worker);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void join(Future<?> worker) throws SweepException, InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof SweepException refused) {
                throw refused;
            }
            if (cause instanceof OutOfMemoryError) {
                throw new SweepException("out of memory with " + threads
                        + " runs at once: take fewer --threads, or give the JVM more (-Xmx)");
            }
            throw new IllegalStateException(cause);
        }
    }
}
