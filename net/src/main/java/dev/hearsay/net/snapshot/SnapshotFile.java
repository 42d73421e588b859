package dev.hearsay.net.snapshot;

import dev.hearsay.HearsayException;
import dev.hearsay.core.Address;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A snapshot file that a node keeps up to date while it runs. Changes are handed over and written by a thread of its own, at
 * most every {@value SnapshotWriter#FLUSH_MILLIS} ms, as in Serf; what happens in between is lost in a crash.
 *
 * <p>A disk that is full or broken stops nothing: it is logged, counted, and tried again every
 * {@value SnapshotWriter#RETRY_MILLIS} ms; then the file is written anew from what is known. While the disk does not answer at
 * all, changes of at most {@value SnapshotReader#MAX_NAMES} members wait for it, and those of further ones are lost.
 *
 * <p>Thread-safe; only {@link #open} waits for the disk.
 */
public final class SnapshotFile {
    private static final Logger log = LoggerFactory.getLogger(SnapshotFile.class);

    /** So many damaged lines are logged one by one. */
    private static final int LOGGED_LINES = 10;

    private final Remembered remembered;
    private final SnapshotWriter writer;
    private final AtomicLong notRecorded = new AtomicLong();

    private final Object lock = new Object();
    /** A member's address, or nothing if it is no longer alive. */
    private Map<String, Optional<Address>> changes = new LinkedHashMap<>();

    private long clock;
    private long eventClock;
    private long queryClock;
    private boolean clocksMoved;
    private boolean left;
    private boolean goodbyeTaken;
    private boolean closing;

    private SnapshotFile(Path file, Remembered remembered, SnapshotLog open) {
        this.remembered = remembered;
        this.clock = remembered.clock();
        this.eventClock = remembered.eventClock();
        this.queryClock = remembered.queryClock();
        this.writer = new SnapshotWriter(file, remembered, open);
    }

    /** What changed since the writer asked last, the clocks as they are, and whether this is the last that it hears. */
    record Batch(
            Map<String, Optional<Address>> changes,
            long clock,
            long eventClock,
            long queryClock,
            boolean left,
            boolean last) {}

    /**
     * Reads the file, or makes an empty one if there is none, and from then on keeps it.
     *
     * @param rejoinAfterLeave whether what stands above a {@code leave} counts all the same, and is kept after the next one
     * @throws HearsayException if it cannot be read or written
     */
    public static SnapshotFile open(Path file, boolean rejoinAfterLeave) {
        try {
            Remembered remembered = read(file, rejoinAfterLeave);
            SnapshotLog disk = new SnapshotLog(file);
            if (remembered.ignored() > 0) {
                keep(file, disk);
            }
            SnapshotFile snapshot = new SnapshotFile(file, remembered, disk);
            Thread thread =
                    new Thread(() -> snapshot.writer.run(snapshot::take), "hearsay-snapshot-" + file.getFileName());
            thread.setDaemon(true);
            thread.start();
            return snapshot;
        } catch (IOException e) {
            throw new HearsayException(
                    "cannot read and write the snapshot file " + file + ": " + reason(e)
                            + "; make it a file that this user may write, or start without one",
                    e);
        }
    }

    private static Remembered read(Path file, boolean rejoinAfterLeave) throws IOException {
        int[] damaged = new int[1];
        try (InputStream in = Files.newInputStream(file)) {
            Remembered remembered = SnapshotReader.read(in, rejoinAfterLeave, (why, line) -> {
                if (++damaged[0] <= LOGGED_LINES) {
                    log.warn("snapshot file {}: line {} is ignored, it {}", file, line, why);
                }
            });
            if (damaged[0] > LOGGED_LINES) {
                log.warn("snapshot file {}: {} more lines are ignored", file, damaged[0] - LOGGED_LINES);
            }
            return remembered;
        } catch (NoSuchFileException e) {
            return Remembered.NOTHING;
        }
    }

    /** It may be no snapshot at all, but something of value, and the wrong name in a setting. */
    private static void keep(Path file, SnapshotLog disk) {
        try {
            log.warn("snapshot file {}: is written anew; as it was, it is kept as {}", file, disk.keep());
        } catch (IOException e) {
            log.warn("snapshot file {}: is written anew; as it was, it could not be kept: {}", file, reason(e));
        }
    }

    /** What the file said when it was opened. */
    public Remembered remembered() {
        return remembered;
    }

    /** A member has come, or come back. */
    public void alive(String name, Address address) {
        change(name, Optional.of(address));
    }

    /** A member has failed or left. */
    public void notAlive(String name) {
        change(name, Optional.empty());
    }

    /**
     * The Lamport times up to which all has been seen. Only what is later than before is written.
     *
     * @param clockNow of intents
     * @param eventClockNow of the last user event that was delivered
     * @param queryClockNow of the last query that was delivered
     */
    public void clocks(long clockNow, long eventClockNow, long queryClockNow) {
        synchronized (lock) {
            if (!left && (clockNow > clock || eventClockNow > eventClock || queryClockNow > queryClock)) {
                clock = Math.max(clock, clockNow);
                eventClock = Math.max(eventClock, eventClockNow);
                queryClock = Math.max(queryClock, queryClockNow);
                clocksMoved = true;
                lock.notifyAll();
            }
        }
    }

    /** This node leaves: it is written at once, and nothing after it. The next start rejoins only if told to. */
    public void leave() {
        synchronized (lock) {
            left = true;
            lock.notifyAll();
        }
    }

    /**
     * Writes what is still to be written and ends.
     *
     * @return completes, never with a failure, when the file is on the disk, or the disk has refused it
     */
    public CompletableFuture<Void> close() {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        return writer.ended();
    }

    /** How often the disk refused what should have been written. */
    public long writeFailures() {
        return writer.failures();
    }

    /** How often the file was written anew. */
    public long compactions() {
        return writer.compactions();
    }

    /** How many changes were not written: their names break a line or are too long, or too many waited. */
    public long notRecorded() {
        return notRecorded.get();
    }

    private void change(String name, Optional<Address> address) {
        synchronized (lock) {
            if (left) {
                return;
            }
            boolean room = changes.size() < SnapshotReader.MAX_NAMES || changes.containsKey(name);
            if (!room || !fitsLine(name)) {
                notRecorded.incrementAndGet();
                return;
            }
            changes.put(name, address);
            lock.notifyAll();
        }
    }

    /** Of a name with a line break, what follows would be taken for a line of its own: any member could write "leave". */
    private static boolean fitsLine(String name) {
        return !name.isEmpty()
                && name.indexOf('\n') < 0
                && name.getBytes(StandardCharsets.UTF_8).length <= SnapshotReader.MAX_NAME_BYTES;
    }

    /**
     * Waits until there is something to write and it is time to.
     *
     * @param due not before; a goodbye and the end do not wait for it. The clock of {@link System#nanoTime}
     * @param behind whether there is something to write anyway
     */
    private Batch take(long due, boolean behind) throws InterruptedException {
        synchronized (lock) {
            while (!closing && left == goodbyeTaken) {
                boolean idle = !behind && changes.isEmpty() && !clocksMoved;
                long early = due - System.nanoTime();
                if (idle) {
                    lock.wait();
                } else if (early > 0) {
                    lock.wait(early / 1_000_000 + 1);
                } else {
                    break;
                }
            }
            Batch batch = new Batch(changes, clock, eventClock, queryClock, left, closing);
            changes = new LinkedHashMap<>();
            clocksMoved = false;
            goodbyeTaken = left;
            return batch;
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "its directory does not exist";
        } else if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return String.valueOf(e.getMessage());
    }
}
