package dev.hearsay.net.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.StoreOverrun;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateKind;
import dev.hearsay.net.Await;
import dev.hearsay.net.store.EntryStore.Kept;
import dev.hearsay.net.store.EntryStore.Marks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreWriterTest {
    private static final EntryId ID = new EntryId(StateKind.MAP, "m", Bytes.EMPTY, 0);

    /** A disk that writes when the test lets it. */
    private static final class SlowDisk implements EntryStore {
        final Semaphore allowed = new Semaphore(0);
        final List<Map<EntryId, Optional<Entry>>> written = new ArrayList<>();
        volatile boolean broken;
        volatile boolean mad;
        volatile boolean closed;

        @Override
        public Kept read() {
            return new Kept(List.of(), Marks.NONE, 0);
        }

        @Override
        public void write(Map<EntryId, Optional<Entry>> changes, Marks marks) throws IOException {
            allowed.acquireUninterruptibly();
            if (mad) {
                throw new IllegalStateException("thrown on purpose by a test");
            }
            if (broken) {
                throw new IOException("no space left");
            }
            synchronized (written) {
                written.add(new LinkedHashMap<>(changes));
            }
        }

        @Override
        public void tidy() {}

        @Override
        public long bytes() {
            return 1;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final SlowDisk disk = new SlowDisk();
    private final StoreWriter writer = new StoreWriter("test", disk, disk.read());

    private static Entry entry(long stamp) {
        return Entry.of(ID, stamp, 1, 0, Bytes.EMPTY);
    }

    private CompletableFuture<@Nullable IOException> kept() {
        CompletableFuture<@Nullable IOException> kept = new CompletableFuture<>();
        writer.whenKept(kept::complete);
        return kept;
    }

    @Test
    void a_write_is_acknowledged_when_its_batch_is_on_the_disk_and_not_before() throws Exception {
        writer.start();
        writer.changed(ID, entry(1));
        CompletableFuture<@Nullable IOException> first = kept();
        Await.until("the disk is busy", () -> disk.allowed.hasQueuedThreads());
        assertTrue(!first.isDone());
        for (int stamp = 2; stamp <= 100; stamp++) {
            writer.changed(ID, entry(stamp));
        }
        CompletableFuture<@Nullable IOException> second = kept();
        disk.allowed.release(2);
        assertEquals(null, first.get(20, TimeUnit.SECONDS));
        assertEquals(null, second.get(20, TimeUnit.SECONDS));
        assertEquals(
                List.of(Map.of(ID, Optional.of(entry(1))), Map.of(ID, Optional.of(entry(100)))),
                disk.written,
                "what came meanwhile is one batch, and the last of it counts");
        writer.close().get(20, TimeUnit.SECONDS);
        assertTrue(disk.closed);
    }

    @Test
    void what_a_disk_refuses_is_told_and_written_when_it_takes_it_again() throws Exception {
        writer.start();
        disk.broken = true;
        disk.allowed.release();
        writer.changed(ID, entry(1));
        IOException failure = kept().get(20, TimeUnit.SECONDS);
        assertEquals("no space left", failure == null ? "" : failure.getMessage());
        disk.broken = false;
        disk.allowed.release(10);
        Await.until("it is written after all", () -> writer.figures().get("store_batches") == 1);
        assertEquals(List.of(Map.of(ID, Optional.of(entry(1)))), disk.written);
        assertEquals(1, writer.figures().get("store_failures"));
        writer.close().get(20, TimeUnit.SECONDS);
    }

    @Test
    void nobody_waits_for_a_writer_that_has_failed() throws Exception {
        disk.allowed.release(10);
        disk.mad = true;
        writer.start();
        writer.changed(ID, entry(1));
        assertTrue(kept().get(20, TimeUnit.SECONDS) != null);
        Await.until("it has ended", () -> disk.closed);
        writer.changed(ID, entry(2));
        assertTrue(kept().get(20, TimeUnit.SECONDS) != null, "nor for what comes later");
        writer.close().get(20, TimeUnit.SECONDS);
    }

    @Test
    void closing_writes_what_still_waits() throws Exception {
        writer.changed(ID, null);
        writer.start();
        disk.allowed.release(10);
        writer.close().get(20, TimeUnit.SECONDS);
        assertEquals(List.of(Map.of(ID, Optional.empty())), disk.written);
    }

    @Test
    void own_writes_are_refused_when_too_many_wait_for_the_disk() {
        for (int i = 0; i < StoreWriter.MAX_WAITING; i++) {
            writer.admit();
            writer.whenKept(failure -> {});
        }
        assertThrows(StoreOverrun.class, writer::admit);
    }
}
