package dev.hearsay.api.node.state;

import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where a driver keeps the shared state of its node beyond the process. On the loop, unless said otherwise. */
public interface StateStore {
    /** What was kept, once: the store does not remember it any longer. */
    List<Entry> takeEntries();

    /** Earlier processes of this node that have written what perhaps nobody else has. */
    Set<Long> writtenBy();

    /** The stamp up to which another member had everything; 0 if that is not known. */
    long synced();

    /** The node has taken over what was kept, and those write now what perhaps nobody else has. */
    void begin(Set<Long> writers);

    /**
     * A write is about to be done.
     *
     * @throws IllegalStateException if it could not be kept
     */
    void admit();

    /** An entry has changed; null if it is no longer there. */
    void changed(EntryId id, @Nullable Entry after);

    /** Another member has everything up to that stamp. */
    void synced(long stamp);

    /** Calls when everything is kept that has changed until now, with what went wrong, or null. */
    void whenKept(Consumer<@Nullable IOException> done);

    /** Completes when everything is kept; nothing is from then on. */
    CompletableFuture<Void> close();

    /** What became of it, by name; any thread. */
    Map<String, Long> figures();
}
