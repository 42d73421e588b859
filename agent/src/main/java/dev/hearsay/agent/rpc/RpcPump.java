package dev.hearsay.agent.rpc;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Carries one {@code stream} or {@code monitor} to a client, on a thread of its own, from a queue of {@value #QUEUE} items.
 * While the client does not read, the queue fills and then items are dropped and counted: a slow client loses events, it
 * never costs memory or time (Serf's rule).
 */
final class RpcPump implements Runnable {
    /** How many items wait for a slow client. */
    static final int QUEUE = 512;

    private final BlockingQueue<Map<String, @Nullable Object>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Sink sink;
    private final AtomicLong dropped;
    private final Thread thread;
    private volatile boolean stopped;

    /** Where items go; may block. */
    interface Sink {
        void send(Map<String, @Nullable Object> item) throws java.io.IOException;
    }

    /**
     * A pump that does not run yet.
     *
     * @param dropped counts the items that were lost
     */
    RpcPump(String name, Sink sink, AtomicLong dropped) {
        this.sink = sink;
        this.dropped = dropped;
        this.thread = new Thread(this, name);
        this.thread.setDaemon(true);
    }

    /** Begins to send, starting with what was offered before. */
    void start() {
        thread.start();
    }

    /** Queues an item, or drops it if the queue is full. Never blocks. */
    void offer(Map<String, @Nullable Object> item) {
        if (!stopped && !queue.offer(item)) {
            dropped.incrementAndGet();
        }
    }

    /** Stops sending; what is queued is lost. */
    void stop() {
        stopped = true;
        thread.interrupt();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                sink.send(queue.take());
            }
        } catch (InterruptedException | java.io.IOException e) {
            stopped = true;
        }
    }
}
