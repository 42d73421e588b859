package dev.hearsay.net.store;

import dev.hearsay.HearsayException;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of H2's MVStore: a log-structured tree that is never changed in place, so that a batch is there as a whole or not at all. The file
 * is locked while it is open.
 */
final class MvStoreFile implements EntryStore {
    /** What this version writes, and the newest that it reads. */
    static final int FORMAT = 1;

    private static final Logger log = LoggerFactory.getLogger(MvStoreFile.class);

    private static final String ENTRIES = "hearsay.entries";
    private static final String MARKS = "hearsay.marks";
    private static final String FORMAT_MARK = "format";
    private static final String REPLICAS_MARK = "replicas";
    private static final String SYNCED_MARK = "synced";

    /** Pages that are read again are few: all entries are in memory anyway. */
    private static final int CACHE_MEGABYTES = 4;

    /** When less than this share of the file, in percent, is in use, it is rewritten piece by piece. */
    private static final int LEAST_FILL_PERCENT = 60;

    private static final int REWRITE_BYTES = 4 << 20;

    /**
     * How long space that is free is not written to again: until then the disk has surely got what took its place, as {@link #tidy} asks it
     * to twice in that time.
     */
    private static final int RETENTION_MILLIS = 2 * (int) StoreWriter.TIDY_MILLIS;

    /** How long a closing store may take to become smaller. */
    private static final int CLOSING_MILLIS = 200;

    private final Path file;
    private final boolean sync;
    private final boolean wentBack;
    private @Nullable MVStore store;
    private MVMap<byte[], byte[]> entries;
    private @Nullable MVMap<String, String> marks;
    private boolean formatDue;
    private boolean marksDamaged;

    /**
     * Opens the file, or makes it.
     *
     * @param sync whether each write waits for the disk
     * @throws HearsayException if it is in use, may not be read or written, or is a newer version's
     * @throws RuntimeException otherwise, if it is damaged beyond use
     */
    MvStoreFile(Path file, boolean sync) {
        this.file = file;
        this.sync = sync;
        long versionBefore = FileHeader.version(file);
        MVStore opened = open();
        try {
            entries = entries(opened);
            marks = marksIfSound(opened);
            checkFormat();
            wentBack = opened.getCurrentVersion() < versionBefore;
        } catch (RuntimeException | Error e) {
            opened.closeImmediately();
            throw e;
        }
    }

    private MVStore open() {
        MVStore opened = new MVStore.Builder()
                .fileName(file.toAbsolutePath().toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MEGABYTES)
                .compress()
                .open();
        if (opened.isReadOnly()) {
            opened.closeImmediately();
            throw new HearsayException("cannot write the state store " + file + ": this user may only read it", null);
        }
        opened.setVersionsToKeep(0);
        opened.setRetentionTime(sync ? 0 : RETENTION_MILLIS);
        store = opened;
        return opened;
    }

    private static MVMap<byte[], byte[]> entries(MVStore store) {
        return store.openMap(
                ENTRIES,
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    private static MVMap<String, String> marks(MVStore store) {
        return store.openMap(
                MARKS,
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
    }

    private @Nullable MVMap<String, String> marksIfSound(MVStore opened) {
        try {
            return marks(opened);
        } catch (RuntimeException e) {
            // The entries are worth more: they are written anew, and then the marks.
            marksDamaged = true;
            return null;
        }
    }

    private void checkFormat() {
        long format = number(FORMAT_MARK);
        if (format > FORMAT) {
            throw new HearsayException(
                    "the state store " + file + " has format " + format + ": this version reads up to " + FORMAT
                            + "; start a newer one, or give another file",
                    null);
        }
        formatDue = format != FORMAT;
    }

    private long number(String mark) {
        Iterator<Long> numbers = numbers(mark).iterator();
        return numbers.hasNext() ? numbers.next() : 0;
    }

    /** Marks are numbers in hexadecimal, with commas between. */
    private Set<Long> numbers(String mark) {
        Set<Long> numbers = new LinkedHashSet<>();
        @Nullable String text = "";
        try {
            text = marks == null ? null : marks.get(mark);
            if (text != null && !text.isEmpty()) {
                for (String number : text.split(",")) {
                    numbers.add(Long.parseUnsignedLong(number, 16));
                }
            }
        } catch (RuntimeException e) {
            log.warn("state store {}: its mark '{}' is '{}', which is no number; it is not used", file, mark, text);
            marksDamaged = true;
        }
        return numbers;
    }

    @Override
    public Kept read() {
        if (wentBack) {
            log.warn(
                    "state store {}: its end is missing; what was written last is lost here, and will come from others",
                    file);
        }
        RecordReader reading = new RecordReader(entries, bytes());
        List<Entry> all = reading.all();
        if (reading.damaged() > 0) {
            log.warn(
                    "state store {}: {} records are damaged and not used, the first because it {}, and {} are sound; others may still have them",
                    file,
                    reading.damaged(),
                    reading.reason(),
                    all.size());
        }
        Marks read = new Marks(numbers(REPLICAS_MARK), wentBack ? 0 : number(SYNCED_MARK));
        return new Kept(all, read, reading.damaged() + (wentBack ? 1 : 0) + (marksDamaged ? 1 : 0));
    }

    @Override
    public void write(Map<EntryId, Optional<Entry>> changes, Marks written) throws IOException {
        try {
            MVStore open = store == null ? reopen() : store;
            MVMap<String, String> beside = marks == null ? marks(open) : marks;
            if (formatDue) {
                beside.put(FORMAT_MARK, Integer.toHexString(FORMAT));
                formatDue = false;
            }
            beside.put(
                    REPLICAS_MARK,
                    written.replicas().stream().map(Long::toHexString).collect(Collectors.joining(",")));
            beside.put(SYNCED_MARK, Long.toHexString(written.synced()));
            changes.forEach((id, entry) -> {
                if (entry.isPresent()) {
                    entries.put(EntryRecord.key(id), EntryRecord.value(entry.get()));
                } else {
                    entries.remove(EntryRecord.key(id));
                }
            });
            open.commit();
            if (sync) {
                open.sync();
            }
        } catch (RuntimeException e) {
            abandon();
            throw new IOException("the state store " + file + " could not be written: " + e.getMessage(), e);
        }
    }

    private MVStore reopen() {
        MVStore opened = open();
        marks = marks(opened);
        entries = entries(opened);
        return opened;
    }

    /** What was begun is forgotten: the file is as it was after the last commit. */
    private void abandon() {
        MVStore open = store;
        store = null;
        formatDue = true;
        if (open != null) {
            open.closeImmediately();
        }
    }

    @Override
    public void tidy() {
        MVStore open = store;
        if (open == null) {
            return;
        }
        try {
            open.sync();
            open.compact(LEAST_FILL_PERCENT, REWRITE_BYTES);
        } catch (RuntimeException e) {
            log.warn(
                    "state store {}: the disk refuses to make it smaller, and it is opened anew: {}",
                    file,
                    e.getMessage());
            abandon();
        }
    }

    @Override
    public long bytes() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        MVStore open = store;
        store = null;
        if (open != null) {
            try {
                open.close(CLOSING_MILLIS);
            } catch (RuntimeException e) {
                log.warn("state store {}: could not be closed cleanly: {}", file, e.getMessage());
                open.closeImmediately();
            }
        }
    }

    /** Whether the file could not be opened because somebody else has it. */
    static boolean inUse(RuntimeException e) {
        return e instanceof MVStoreException known && known.getErrorCode() == DataUtils.ERROR_FILE_LOCKED;
    }

    /** Whether the file is in a format of a later version of the library. */
    static boolean newer(RuntimeException e) {
        return e instanceof MVStoreException known && known.getErrorCode() == DataUtils.ERROR_UNSUPPORTED_FORMAT;
    }
}
