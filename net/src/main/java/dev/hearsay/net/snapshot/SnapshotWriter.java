package dev.hearsay.net.snapshot;

import dev.hearsay.core.Address;
import dev.hearsay.net.snapshot.Remembered.Known;
import dev.hearsay.net.snapshot.SnapshotFile.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a {@link SnapshotFile} hands over, and knows what the file should say. One thread runs it. */
final class SnapshotWriter {
    /** Least time between two writes (Serf's {@code flushInterval} and {@code clockUpdateInterval}). */
    static final long FLUSH_MILLIS = 500;

    /** How long a disk that has failed is left alone (Serf's {@code snapshotErrorRecoveryInterval}); also what limits the log. */
    static final long RETRY_MILLIS = 30_000;

    private static final Logger log = LoggerFactory.getLogger(SnapshotWriter.class);

    private final Path file;
    private final SnapshotLog disk;
    private final Map<String, Address> alive = new LinkedHashMap<>();
    private long clock;
    private long eventClock;
    private long queryClock;
    private boolean left;
    /** Whether the file does not say all that is known, or has lines that nobody understands. */
    private boolean behind;

    private boolean failing;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong compactions = new AtomicLong();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    SnapshotWriter(Path file, Remembered remembered, SnapshotLog disk) {
        this.file = file;
        this.disk = disk;
        for (Known known : remembered.alive()) {
            alive.put(known.name(), known.address());
        }
        this.clock = remembered.clock();
        this.eventClock = remembered.eventClock();
        this.queryClock = remembered.queryClock();
        this.behind = remembered.torn() || remembered.ignored() > 0;
    }

    /** Where the writer takes from; waits until it is due, or there is nothing to write. */
    interface Source {
        Batch take(long due, boolean behind) throws InterruptedException;
    }

    /** Writes until the last batch. */
    void run(Source source) {
        try (disk) {
            long due = after(behind ? FLUSH_MILLIS : 0);
            boolean last = false;
            while (!last) {
                Batch batch = source.take(due, behind);
                write(batch);
                due = after(behind ? RETRY_MILLIS : FLUSH_MILLIS);
                last = batch.last();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("snapshot file {}: the thread that writes it was interrupted: nothing more is remembered", file);
        } catch (IOException e) {
            log.warn("snapshot file {}: cannot be closed: {}", file, e.getMessage());
        } finally {
            ended.complete(null);
        }
    }

    /** Completes when the last batch is written and the file closed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    long failures() {
        return failures.get();
    }

    long compactions() {
        return compactions.get();
    }

    private void write(Batch batch) {
        String lines = apply(batch);
        try {
            if (behind || disk.tooLong(alive.size())) {
                disk.rewrite(everything());
                compactions.incrementAndGet();
            } else if (!lines.isEmpty()) {
                disk.append(lines);
            }
            if (batch.left() || batch.last()) {
                disk.sync();
            }
            behind = false;
            if (failing) {
                failing = false;
                log.info("snapshot file {}: written again", file);
            }
        } catch (IOException e) {
            behind = true;
            failing = true;
            failures.incrementAndGet();
            log.warn(
                    "snapshot file {}: cannot be written, tried again in {} s: {}",
                    file,
                    TimeUnit.MILLISECONDS.toSeconds(RETRY_MILLIS),
                    e.getMessage());
        }
    }

    /** Takes the changes over; returns the lines that tell of them. */
    private String apply(Batch batch) {
        StringBuilder lines = new StringBuilder();
        batch.changes().forEach((name, address) -> lines.append(apply(name, address)));
        if (batch.clock() > clock) {
            clock = batch.clock();
            lines.append("clock: ").append(clock).append('\n');
        }
        if (batch.eventClock() > eventClock) {
            eventClock = batch.eventClock();
            lines.append("event-clock: ").append(eventClock).append('\n');
        }
        if (batch.queryClock() > queryClock) {
            queryClock = batch.queryClock();
            lines.append("query-clock: ").append(queryClock).append('\n');
        }
        if (batch.left() && !left) {
            left = true;
            lines.append("leave\n");
        }
        return lines.toString();
    }

    /**
     * Nothing if the file says so already: at a start every member comes anew. Where there are too many, the one that was heard
     * of longest ago goes; it is mostly one of an earlier life that never came back.
     */
    private String apply(String name, Optional<Address> address) {
        Address before = alive.remove(name);
        if (address.isEmpty()) {
            return before == null ? "" : notAlive(name);
        }
        String displaced = "";
        if (alive.size() >= SnapshotReader.MAX_NAMES) {
            String eldest = alive.keySet().iterator().next();
            alive.remove(eldest);
            displaced = notAlive(eldest);
        }
        alive.put(name, address.get());
        return displaced + (before != null && before.equals(address.get()) ? "" : alive(name, address.get()));
    }

    private String everything() {
        StringBuilder lines = new StringBuilder();
        alive.forEach((name, address) -> lines.append(alive(name, address)));
        lines.append("clock: ").append(clock).append('\n');
        lines.append("event-clock: ").append(eventClock).append('\n');
        lines.append("query-clock: ").append(queryClock).append('\n');
        return lines.append(left ? "leave\n" : "").toString();
    }

    private static String alive(String name, Address address) {
        return "alive: " + name + ' ' + address + '\n';
    }

    private static String notAlive(String name) {
        return "not-alive: " + name + '\n';
    }

    private static long after(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
