package dev.hearsay.agent.rpc;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Carries one {@code stream}, {@code monitor}, {@code query} or {@code state-watch} to a client, on a thread of its own, from a
 * queue of {@value #QUEUE} items and {@value #QUEUE_BYTES} bytes. While the client does not read, the queue fills and then items
 * are dropped and counted: a slow client loses events, it never costs memory or time (Serf's rule). Only the last item of a query
 * is never dropped. A client that wants to know hears in the place of what was dropped how much it was.
 */
final class RpcPump implements Runnable {
    /** How many items wait for a slow client. */
    static final int QUEUE = 512;
    /** And how many bytes, about, of items that say how long they are. One item may exceed it. */
    static final long QUEUE_BYTES = 4 << 20;

    private final Deque<Item> queue = new ArrayDeque<>();
    private final Sink sink;
    private final AtomicLong dropped;
    private final @Nullable LongFunction<Item> gap;
    private final Thread thread;
    private volatile boolean stopped;
    private boolean ending;
    private long bytes;
    /** Dropped since the client was told of it. */
    private long untold;

    /**
     * What a client is sent.
     *
     * @param error for its header; empty for none
     * @param body what follows the header, if anything does
     * @param last whether nothing comes after it
     * @param bytes how many it holds, about; 0 for few
     */
    record Item(String error, @Nullable Map<String, @Nullable Object> body, boolean last, long bytes) {
        Item(String error, @Nullable Map<String, @Nullable Object> body) {
            this(error, body, false, 0);
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
     * @param gap what to send in the place of so many dropped items; null for nothing
     */
    RpcPump(String name, Sink sink, AtomicLong dropped, @Nullable LongFunction<Item> gap) {
        this.sink = sink;
        this.dropped = dropped;
        this.gap = gap;
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
        boolean tooLong = !queue.isEmpty() && bytes + item.bytes > QUEUE_BYTES;
        if (queue.size() >= QUEUE || tooLong) {
            drop(1);
            return false;
        }
        Item told = takeGap();
        if (told != null) {
            add(told);
        }
        add(item);
        return true;
    }

    /** Says that so many items were lost before they could be offered. */
    synchronized void drop(long items) {
        dropped.addAndGet(items);
        untold += items;
        notifyAll();
    }

    /** Queues the last item, for which there always is room; what is offered later is ignored. */
    synchronized void finish(Item item) {
        if (!stopped && !ending) {
            ending = true;
            add(new Item(item.error, item.body, true, item.bytes));
        }
    }

    private void add(Item item) {
        queue.add(item);
        bytes += item.bytes;
        notifyAll();
    }

    /** What tells of items that were dropped; null if there is nothing to tell. */
    private @Nullable Item takeGap() {
        if (gap == null || untold == 0) {
            return null;
        }
        Item told = gap.apply(untold);
        untold = 0;
        return told;
    }

    /** Waits for the next item. */
    private synchronized Item next() throws InterruptedException {
        while (true) {
            Item item = queue.poll();
            if (item == null) {
                item = takeGap();
            }
            if (item != null) {
                bytes -= item.bytes;
                return item;
            }
            wait();
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
                Item item = next();
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
