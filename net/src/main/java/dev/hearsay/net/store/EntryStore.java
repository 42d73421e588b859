package dev.hearsay.net.store;

import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Something that keeps entries. Used by one thread at a time. */
interface EntryStore {
    /**
     * What was kept.
     *
     * @param entries all that are as their writers made them
     * @param marks beside them
     * @param damaged how many records could not be read, or are not as they were written
     */
    record Kept(List<Entry> entries, Marks marks, long damaged) {
        /** The same without the entries. */
        Kept withoutEntries() {
            return new Kept(List.of(), marks, damaged);
        }
    }

    /**
     * What is kept beside the entries.
     *
     * @param replicas the processes of this node that wrote what perhaps nobody else has
     * @param synced the stamp up to which another member had everything; 0 if that is not known
     */
    record Marks(Set<Long> replicas, long synced) {
        static final Marks NONE = new Marks(Set.of(), 0);
    }

    /**
     * Reads everything.
     *
     * @throws RuntimeException if it is damaged beyond use
     */
    Kept read();

    /**
     * Keeps all of it or nothing: when this returns, it survives the end of the process.
     *
     * @param changes by id; nothing for what is to be dropped
     * @throws IOException if nothing was kept; the next call tries anew
     */
    void write(Map<EntryId, Optional<Entry>> changes, Marks marks) throws IOException;

    /** Does what makes it smaller, for a moment; called between writes. */
    void tidy();

    /** How long the file is, in bytes. */
    long bytes();

    /** Ends. What was written stays. */
    void close();
}
