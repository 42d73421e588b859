package dev.hearsay.net.store;

import dev.hearsay.HearsayException;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.net.store.EntryStore.Kept;
import dev.hearsay.net.store.EntryStore.Marks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens files, and puts aside what cannot be opened. */
final class StoreFiles {
    private static final Logger log = LoggerFactory.getLogger(StoreFiles.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private StoreFiles() {}

    /** An open store, and what was in it. */
    record Opened(EntryStore store, Kept kept) {}

    /**
     * Opens and reads the file, or makes it. One that is damaged is moved aside, and another with what is sound takes its place.
     *
     * @throws HearsayException if it is in use, may not be read or written, or is a newer version's
     */
    static Opened open(Path file, boolean sync) {
        checkAccess(file);
        try {
            EntryStore store = new MvStoreFile(file, sync);
            Kept kept = read(store);
            return kept.damaged() == 0 ? new Opened(store, kept) : writeAnew(file, sync, store, kept);
        } catch (HearsayException e) {
            throw e;
        } catch (RuntimeException e) {
            if (MvStoreFile.inUse(e)) {
                throw new HearsayException(
                        "the state store " + file + " is in use: each node needs a file of its own", e);
            }
            if (MvStoreFile.newer(e)) {
                throw new HearsayException(
                        "the state store " + file + " has a format of a later version: " + e.getMessage(), e);
            }
            log.error(
                    "state store {}: cannot be opened ({}); it is kept as {}, and this node begins with nothing and learns from others",
                    file,
                    e.getMessage(),
                    moveAside(file));
            return new Opened(new MvStoreFile(file, sync), new Kept(List.of(), Marks.NONE, 1));
        }
    }

    private static Kept read(EntryStore store) {
        try {
            return store.read();
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    /** Where a page is damaged nothing can be written either: what is sound goes to a new file, which then takes the place of the old one. */
    private static Opened writeAnew(Path file, boolean sync, EntryStore damaged, Kept kept) {
        damaged.close();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            EntryStore copy = new MvStoreFile(fresh, true);
            try {
                Map<EntryId, Optional<Entry>> all = new LinkedHashMap<>();
                kept.entries().forEach(entry -> all.put(entry.id(), Optional.of(entry)));
                copy.write(all, kept.marks());
            } finally {
                copy.close();
            }
            log.warn("state store {}: is written anew; as it was, it is kept as {}", file, moveAside(file));
            Files.move(fresh, file);
        } catch (IOException e) {
            throw new HearsayException("the state store " + file + " is damaged and cannot be written anew", e);
        }
        return new Opened(new MvStoreFile(file, sync), kept);
    }

    private static void checkAccess(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new HearsayException(
                    "cannot make the state store " + file + ": there is no directory " + directory, null);
        }
        boolean usable = Files.exists(file)
                ? Files.isRegularFile(file) && Files.isReadable(file) && Files.isWritable(file)
                : Files.isWritable(directory);
        if (!usable) {
            throw new HearsayException(
                    "cannot read and write the state store " + file
                            + "; make it a file that this user may write, or start without one",
                    null);
        }
    }

    private static Path moveAside(Path file) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + TIME.format(Instant.now()));
        try {
            return Files.move(file, aside);
        } catch (IOException e) {
            throw new HearsayException(
                    "the state store " + file + " is damaged and cannot be moved aside to " + aside, e);
        }
    }
}
