package dev.hearsay.agent.rpc;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Carries one {@code stream}, {@code monitor} or {@code query} to a client, on a thread of its own, from a queue of
 * {@value #QUEUE} items. While the client does not read, the queue fills and then items are dropped and counted: a slow
 * client loses events, it never costs memory or time (Serf's rule). Only the last item of a query is never dropped.
 */
final class RpcPump implements Runnable {
    /** How many items wait for a slow client. */
    static final int QUEUE = 512;

    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(QUEUE + 1);
    private final Sink sink;
    private final AtomicLong dropped;
    private final Thread thread;
    private volatile boolean stopped;
    private boolean ending;

    /**
     * What a client is sent.
     *
     * @param error for its header; empty for none
     * @param body what follows the header, if anything does
     * @param last whether nothing comes after it
     */
    record Item(String error, @Nullable Map<String, @Nullable Object> body, boolean last) {
        Item(String error, @Nullable Map<String, @Nullable Object> body) {
            this(error, body, false);
        }

        static Item of(Map<String, @Nullable Object> body) {
            return new Item("", body);
        }
    }

    /** Where items go; may block. */
    interface Sink {
        void send(Item item) throws IOException;
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

    /** Queues an item, or drops it if the queue is full. Never blocks. Returns whether it is queued. */
    synchronized boolean offer(Item item) {
        if (stopped || ending) {
            return false;
        }
        if (queue.size() >= QUEUE) {
            dropped.incrementAndGet();
            return false;
        }
        return queue.offer(item);
    }

    /** Queues the last item, for which there always is room; what is offered later is ignored. */
    synchronized void finish(Item item) {
        if (!stopped && !ending) {
            ending = true;
            queue.add(new Item(item.error, item.body, true));
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
                Item item = queue.take();
                sink.send(item);
                if (item.last) {
                    return;
                }
            }
        } catch (InterruptedException | IOException e) {
            stopped = true;
        }
    }
}
