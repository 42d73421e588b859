package dev.hearsay.api.node.state;

import dev.hearsay.core.Event;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * The node's entries once more, as an immutable map that any thread may read: each version shares all but a path of the tree with the one
 * before, so that a snapshot costs nothing and a change costs as much as the depth of the tree.
 */
final class Mirror {
    /** On the loop: with the changes of this turn. */
    private TreePMap<EntryId, Entry> entries = TreePMap.empty();

    /** What others see. */
    private volatile TreePMap<EntryId, Entry> published = entries;

    /** On the loop: something has changed. */
    void apply(Event.StateChanged change) {
        Entry after = change.after();
        if (after != null) {
            entries = entries.plus(after.id(), after);
        } else if (change.before() != null) {
            entries = entries.minus(change.before().id());
        }
    }

    /** On the loop: all entries, this turn's changes included. */
    NavigableMap<EntryId, Entry> current() {
        return entries;
    }

    /** On the loop: lets others see what has changed. */
    void publish() {
        published = entries;
    }

    /** All entries, as of the end of the last turn. */
    NavigableMap<EntryId, Entry> published() {
        return published;
    }

    static boolean deleted(@Nullable Entry entry) {
        return entry == null || entry.deleted();
    }
}
