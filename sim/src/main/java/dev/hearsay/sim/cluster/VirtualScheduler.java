package dev.hearsay.sim.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One thread of a process, in virtual time: a task takes no time, and tasks come in the order of their moments. What a task throws that was
 * executed or scheduled fails the test; that of one that was submitted is in its future.
 */
final class VirtualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final VirtualProcess process;
    private final Set<Task<?>> pending = new LinkedHashSet<>();
    private boolean shutdown;

    VirtualScheduler(VirtualProcess process) {
        this.process = process;
    }

    @Override
    public void execute(Runnable command) {
        admit(command);
        process.later(0, command);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return begin(new Task<Void>(command, unit.toNanos(delay), 0));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return begin(new Task<>(callable, unit.toNanos(delay), true));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return begin(new Task<Void>(command, unit.toNanos(initialDelay), positive(unit.toNanos(period))));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return begin(new Task<Void>(command, unit.toNanos(initialDelay), -positive(unit.toNanos(delay))));
    }

    private static long positive(long nanos) {
        if (nanos <= 0) {
            throw new IllegalArgumentException("the time between two runs is " + nanos + " ns: must be more than 0");
        }
        return nanos;
    }

    private <V> Task<V> begin(Task<V> task) {
        admit(task);
        pending.add(task);
        process.later(task.due - process.nanos(), task);
        return task;
    }

    private void admit(Runnable task) {
        process.enter();
        if (shutdown) {
            throw new RejectedExecutionException(task + " comes after the shutdown");
        }
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return new Task<>(callable, 0, false);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        return new Task<>(
                () -> {
                    runnable.run();
                    return value;
                },
                0,
                false);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
        throw blocks("invokeAll");
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) {
        throw blocks("invokeAny");
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
        throw blocks("invokeAll");
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
        throw blocks("invokeAny");
    }

    private static UnsupportedOperationException blocks(String method) {
        return new UnsupportedOperationException(method
                + " waits for its tasks, and virtual time does not pass while somebody waits: submit them instead");
    }

    @Override
    public void shutdown() {
        shutdown = true;
        for (Task<?> task : List.copyOf(pending)) {
            if (task.isPeriodic()) {
                task.cancel(false);
            }
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<Runnable> never = new ArrayList<>(pending);
        for (Task<?> task : List.copyOf(pending)) {
            task.cancel(false);
        }
        return never;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && pending.isEmpty();
    }

    /** Whether all tasks are done now: nothing would happen while somebody waits. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }

    /** Something to do once, or again and again: then the period is not 0, and negative if it counts from the end of a run. */
    private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
        private final long period;
        private final boolean telling;
        private long due;

        Task(Runnable command, long delay, long period) {
            super(command, null);
            this.due = process.nanos() + Math.max(0, delay);
            this.period = period;
            this.telling = true;
        }

        Task(Callable<V> callable, long delay, boolean telling) {
            super(callable);
            this.due = process.nanos() + Math.max(0, delay);
            this.period = 0;
            this.telling = telling;
        }

        @Override
        public void run() {
            if (!isPeriodic()) {
                super.run();
            } else if (runAndReset()) {
                long now = process.nanos();
                due = period > 0 ? due + period : now - period;
                process.later(due - now, this);
            }
        }

        @Override
        protected void done() {
            pending.remove(this);
        }

        @Override
        protected void setException(Throwable failure) {
            super.setException(failure);
            if (telling) {
                process.failed(failure);
            }
        }

        @Override
        public V get() throws InterruptedException, ExecutionException {
            VirtualFuture.refuse(isDone());
            return super.get();
        }

        @Override
        public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            VirtualFuture.refuse(isDone());
            return super.get(timeout, unit);
        }

        @Override
        public boolean isPeriodic() {
            return period != 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - process.nanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
