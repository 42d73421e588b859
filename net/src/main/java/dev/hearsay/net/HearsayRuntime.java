package dev.hearsay.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The threads that nodes run on. Any number of nodes share a runtime: each belongs to one of its event loops, and they
 * share the threads for callbacks and name lookups.
 *
 * <p>Unless told otherwise, all nodes of a JVM share one runtime that appears with the first node and goes with the last.
 * All threads are daemons named {@code hearsay-...}: at most {@value #LOOPS} event loops, {@value #CALLBACK_THREADS}
 * threads for callbacks and {@value #RESOLVER_THREADS} for name lookups; the last two kinds end when idle.
 *
 * <p>Thread-safe.
 */
public final class HearsayRuntime implements AutoCloseable {
    static final int LOOPS = 2;
    static final int CALLBACK_THREADS = 2;
    static final int RESOLVER_THREADS = 2;
    private static final int IDLE_SECONDS = 10;
    private static final int SHUTDOWN_SECONDS = 2;

    private static final Object LOCK = new Object();
    /** The one static: it exists so that a thousand embedded nodes do not need a thousand thread pools. */
    private static @Nullable HearsayRuntime shared;

    private final EventLoopGroup loops;
    private final List<Lane> lanes;
    private final AtomicInteger nextLane = new AtomicInteger();
    private final ThreadPoolExecutor callbacks;
    private final ThreadPoolExecutor resolvers;
    /** Who still needs the threads: each running node, and the creator until it calls {@link #close()}. */
    private int users = 1;

    private boolean closed;

    private HearsayRuntime(int count) {
        this.loops = new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("hearsay-loop", true), NioIoHandler.newFactory());
        CollectionTime collections = new CollectionTime();
        this.lanes = IntStream.range(0, count)
                .mapToObj(i -> lane(loops.next(), collections))
                .toList();
        this.callbacks = pool("hearsay-callback", CALLBACK_THREADS);
        this.resolvers = pool("hearsay-resolver", RESOLVER_THREADS);
    }

    /**
     * Makes a runtime of one's own, with {@value #LOOPS} event loops. Close it when no further node will be started on it.
     */
    public static HearsayRuntime create() {
        return new HearsayRuntime(LOOPS);
    }

    /** Ends the threads as soon as the last node on them has stopped. Repeating it has no effect. */
    @Override
    public void close() {
        synchronized (LOCK) {
            if (closed) {
                return;
            }
            closed = true;
        }
        release();
    }

    /** The JVM's shared runtime, held for one node; give it back with {@link #release()}. */
    static HearsayRuntime acquireShared() {
        synchronized (LOCK) {
            HearsayRuntime runtime = shared;
            if (runtime == null) {
                runtime = create();
                shared = runtime;
            } else {
                runtime.users++;
            }
            return runtime;
        }
    }

    /** Holds this runtime for one node; give it back with {@link #release()}. */
    HearsayRuntime acquire() {
        synchronized (LOCK) {
            if (closed) {
                throw new IllegalStateException("the runtime is closed: no further node can start on it");
            }
            users++;
            return this;
        }
    }

    /** One user less; the last one ends the threads. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for daemon threads.
    void release() {
        synchronized (LOCK) {
            if (--users > 0) {
                return;
            }
            if (shared == this) {
                shared = null;
            }
        }
        callbacks.shutdown();
        resolvers.shutdown();
        loops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }

    /** An event loop, and what its nodes share besides. */
    record Lane(EventLoop loop, Turnstile turnstile, Heartbeat heartbeat) {}

    private static Lane lane(EventLoop loop, CollectionTime collections) {
        return new Lane(loop, new Turnstile(), new Heartbeat(loop, collections));
    }

    /** The lane for one more node, in turns. */
    Lane nextLane() {
        return lanes.get(Math.floorMod(nextLane.getAndIncrement(), lanes.size()));
    }

    /** Where callbacks run unless the application brought an executor of its own. */
    Executor callbacks() {
        return callbacks;
    }

    /** Where names are looked up: a lookup may block for seconds. */
    Executor resolvers() {
        return resolvers;
    }

    /** What waits in these queues is bounded elsewhere: one task for each listener, future and name looked up. */
    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(name, true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
