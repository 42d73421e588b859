package dev.hearsay.net.store;

import dev.hearsay.HearsayException;
import dev.hearsay.api.StoreOverrun;
import dev.hearsay.api.node.state.StateStore;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.net.store.EntryStore.Kept;
import dev.hearsay.net.store.EntryStore.Marks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what changes, with a thread of its own: whatever came while it wrote is its next batch. If somebody waits, it writes at once; others'
 * changes wait for up to {@value #PACE_MILLIS} ms, so that a steady stream of them costs ten writes a second.
 *
 * <p>Of one id only the last change waits, so there are never more than there are entries; and no more than {@value #MAX_WAITING} own writes
 * wait. A disk that refuses is tried again each {@value #RETRY_MILLIS} ms, with all that is to be written by then.
 *
 * <p>Any thread; only {@link #open} waits for the disk.
 */
public final class StoreWriter implements StateStore {
    /** How many own writes may wait to be kept. */
    public static final int MAX_WAITING = 65_536;

    static final long PACE_MILLIS = 100;
    static final long RETRY_MILLIS = 1_000;

    /** How long the mark of what others have may be out of date while nothing else is written. */
    private static final long MARK_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** After a write the disk is asked to have everything, and the file looked at, whether it has become too long, within that time. */
    static final long TIDY_MILLIS = 5_000;

    private static final long FOR_EVER = Long.MAX_VALUE;

    /** One line in the log for so many attempts. */
    private static final int LINE_EACH = 60;

    private static final Logger log = LoggerFactory.getLogger(StoreWriter.class);

    private final String name;
    private final EntryStore store;
    private volatile Kept kept;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Guards what follows. */
    private final Object lock = new Object();

    private Map<EntryId, Optional<Entry>> pending = new LinkedHashMap<>();
    private List<Consumer<@Nullable IOException>> waiting = new ArrayList<>();
    private Set<Long> replicas = Set.of();
    private long synced;
    private long syncedWritten;
    private long markedAt = System.nanoTime();
    private boolean closing;

    /** Why nothing is written any more. */
    private @Nullable IOException over;

    /** On the writing thread. */
    private int failedInARow;

    private boolean untidy;
    private long tidiedAt;

    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile long bytes;

    StoreWriter(String name, EntryStore store, Kept kept) {
        this.name = name;
        this.store = store;
        this.kept = kept;
        this.synced = kept.marks().synced();
        this.syncedWritten = synced;
        this.bytes = store.bytes();
    }

    /**
     * Opens a file, reads it, and from then on keeps what it is given. A file that is damaged as a whole is moved aside.
     *
     * @param sync whether each batch waits for the disk
     * @throws HearsayException if it is in use, may not be read or written, or is a newer version's
     */
    public static StoreWriter open(Path file, boolean sync) {
        StoreFiles.Opened opened = StoreFiles.open(file, sync);
        StoreWriter writer = new StoreWriter(file.toString(), opened.store(), opened.kept());
        writer.start();
        return writer;
    }

    /** Starts the thread. */
    void start() {
        Thread thread = new Thread(this::run, "hearsay-state-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The entries that were kept; only once, as they need not stay in memory twice. */
    @Override
    public List<Entry> takeEntries() {
        List<Entry> entries = kept.entries();
        kept = kept.withoutEntries();
        return entries;
    }

    /** The processes of this node that wrote some of them, as far as perhaps nobody else has those. */
    @Override
    public Set<Long> writtenBy() {
        return kept.marks().replicas();
    }

    /** The stamp up to which another member had everything; 0 if that is not known. */
    @Override
    public long synced() {
        return kept.marks().synced();
    }

    /** Who writes from now on, and who has written what perhaps nobody else has. */
    @Override
    public void begin(Set<Long> writers) {
        synchronized (lock) {
            replicas = writers;
        }
    }

    /**
     * Refuses an own write that would have to wait behind too many.
     *
     * @throws StoreOverrun then
     */
    @Override
    public void admit() {
        synchronized (lock) {
            if (waiting.size() >= MAX_WAITING) {
                throw new StoreOverrun(waiting.size() + " writes wait for the state store " + name
                        + ": try again later, the disk is slower than this node writes");
            }
        }
    }

    /** Something has changed: keeps it soon. */
    @Override
    public void changed(EntryId id, @Nullable Entry after) {
        synchronized (lock) {
            if (over == null) {
                pending.put(id, Optional.ofNullable(after));
                if (pending.size() == 1) {
                    lock.notifyAll();
                }
            }
        }
    }

    /** Another member had everything up to that stamp. */
    @Override
    public void synced(long stamp) {
        synchronized (lock) {
            boolean first = synced == syncedWritten;
            synced = Math.max(synced, stamp);
            if (first && synced != syncedWritten) {
                lock.notifyAll();
            }
        }
    }

    /** Calls, on the writing thread, when all that has changed until now is kept, or with what the disk says against it. */
    @Override
    public void whenKept(Consumer<@Nullable IOException> done) {
        IOException why;
        synchronized (lock) {
            why = over;
            if (why == null) {
                waiting.add(done);
                lock.notifyAll();
            }
        }
        if (why != null) {
            done.accept(why);
        }
    }

    /** Writes what is still to be written, and ends; completes without a failure when it has, or the disk has refused it. */
    @Override
    public CompletableFuture<Void> close() {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        return ended;
    }

    /** Figures, by name. */
    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("store_writes", writes.get());
        figures.put("store_batches", batches.get());
        figures.put("store_failures", failures.get());
        figures.put("store_bytes", bytes);
        figures.put("store_damaged", kept.damaged());
        synchronized (lock) {
            figures.put("store_pending", (long) pending.size());
        }
        return figures;
    }

    private record Batch(
            Map<EntryId, Optional<Entry>> changes,
            List<Consumer<@Nullable IOException>> waiting,
            Marks marks,
            boolean last) {}

    private void run() {
        tidiedAt = System.nanoTime();
        try {
            boolean last = false;
            while (!last) {
                Batch batch = take();
                last = batch.last;
                write(batch);
                tidy();
            }
            end(new IOException("the state store " + name + " is closed"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(new IOException("the thread that writes the state store " + name + " was interrupted", e));
        } catch (RuntimeException | Error e) {
            log.error("state store {}: nothing is kept any more, its thread has failed", name, e);
            end(new IOException("the thread that writes the state store " + name + " has failed", e));
        } finally {
            store.close();
            ended.complete(null);
        }
    }

    /** Nothing is written any more: nobody waits for it either. */
    private void end(IOException why) {
        List<Consumer<@Nullable IOException>> left;
        synchronized (lock) {
            over = why;
            left = waiting;
            waiting = new ArrayList<>();
            pending = new LinkedHashMap<>();
        }
        left.forEach(each -> each.accept(why));
    }

    /** Waits for something to do. */
    private Batch take() throws InterruptedException {
        synchronized (lock) {
            long since = System.nanoTime();
            for (long left = left(since); left > 0; left = left(since)) {
                lock.wait(left == FOR_EVER ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1);
            }
            Batch batch = new Batch(pending, waiting, new Marks(replicas, synced), closing);
            pending = new LinkedHashMap<>();
            waiting = new ArrayList<>();
            return batch;
        }
    }

    /** For how long there is nothing to do yet, in nanoseconds. */
    private long left(long since) {
        if (closing || !waiting.isEmpty()) {
            return 0;
        }
        long waited = System.nanoTime() - since;
        if (!pending.isEmpty()) {
            return TimeUnit.MILLISECONDS.toNanos(PACE_MILLIS) - waited;
        }
        long mark = synced == syncedWritten ? FOR_EVER : MARK_NANOS - (System.nanoTime() - markedAt);
        long tidy = untidy ? TimeUnit.MILLISECONDS.toNanos(TIDY_MILLIS) - (System.nanoTime() - tidiedAt) : FOR_EVER;
        return Math.min(mark, tidy);
    }

    private void write(Batch batch) throws InterruptedException {
        @Nullable IOException failure = null;
        boolean markDue = batch.last || System.nanoTime() - markedAt >= MARK_NANOS;
        if (!batch.changes.isEmpty() || (markDue && batch.marks.synced() != syncedWritten)) {
            try {
                store.write(batch.changes, batch.marks);
                kept(batch);
            } catch (IOException e) {
                failure = e;
            } catch (RuntimeException | Error e) {
                IOException failed = new IOException("the state store " + name + " has failed", e);
                batch.waiting.forEach(each -> each.accept(failed));
                throw e;
            }
        }
        IOException told = failure;
        batch.waiting.forEach(each -> each.accept(told));
        if (failure != null) {
            retry(batch, failure);
        }
    }

    private void kept(Batch batch) {
        if (failedInARow > 0) {
            log.info("state store {}: is written again", name);
        }
        failedInARow = 0;
        writes.addAndGet(batch.changes.size());
        synchronized (lock) {
            syncedWritten = batch.marks.synced();
            markedAt = System.nanoTime();
        }
        batches.incrementAndGet();
        untidy = true;
        bytes = store.bytes();
    }

    private void tidy() {
        if (untidy && System.nanoTime() - tidiedAt >= TimeUnit.MILLISECONDS.toNanos(TIDY_MILLIS)) {
            store.tidy();
            tidiedAt = System.nanoTime();
            untidy = false;
            bytes = store.bytes();
        }
    }

    /** What was not kept is to be kept still, unless something newer has come. */
    private void retry(Batch batch, IOException failure) throws InterruptedException {
        failures.incrementAndGet();
        if (failedInARow++ % LINE_EACH == 0) {
            log.warn(
                    "state store {}: {} changes wait, as the disk refuses them: {}",
                    name,
                    batch.changes.size(),
                    failure.getMessage());
        }
        synchronized (lock) {
            Map<EntryId, Optional<Entry>> all = new LinkedHashMap<>(batch.changes);
            all.putAll(pending);
            pending = all;
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
            for (long left = until - System.nanoTime(); left > 0 && !closing; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
        }
    }
}
