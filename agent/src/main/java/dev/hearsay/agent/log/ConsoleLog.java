package dev.hearsay.agent.log;

import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Prints log lines from a thread of its own, through a queue of {@value #QUEUE}. A terminal that is stopped (Ctrl-S) or a
 * pipe that nobody reads must not stop the protocol: further lines are then dropped, and their number is printed later.
 */
public final class ConsoleLog implements AutoCloseable {
    /** How many lines wait for a slow console. */
    static final int QUEUE = 4096;

    private static final int CLOSE_MILLIS = 500;

    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final PrintStream out;
    private final Supplier<LogLevel> least;
    private final Thread thread;
    private volatile boolean closing;

    private ConsoleLog(PrintStream out, Supplier<LogLevel> least) {
        this.out = out;
        this.least = least;
        this.thread = new Thread(this::run, "console-log");
        this.thread.setDaemon(true);
    }

    /**
     * Prints what the ring remembers and then what comes.
     *
     * @param least from which level on; asked for each line, and must not block
     */
    public static ConsoleLog start(LogRing ring, Supplier<LogLevel> least, PrintStream out) {
        ConsoleLog console = new ConsoleLog(out, least);
        ring.subscribe(console::offer);
        console.thread.start();
        return console;
    }

    /** Prints what is queued and stops; gives up after half a second if the console does not take it. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void offer(LogLine line) {
        if (line.level().compareTo(least.get()) >= 0 && !queue.offer(line.text())) {
            dropped.incrementAndGet();
        }
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                String line = queue.poll(50, TimeUnit.MILLISECONDS);
                if (line != null) {
                    out.println("    " + line);
                }
                long lost = queue.isEmpty() ? dropped.getAndSet(0) : 0;
                if (lost > 0) {
                    out.println("    (" + lost + " log lines were dropped: the console was too slow)");
                }
            }
            out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
