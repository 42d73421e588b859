package dev.hearsay.sim;

import dev.hearsay.core.Event;
import dev.hearsay.core.Node;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/** What a machine keeps of the shared state when its process ends: everything, as it was at the last moment. */
final class Disk {
    private final TreeMap<EntryId, Entry> entries = new TreeMap<>();
    private long inStep;
    private final Set<Long> replicas = new HashSet<>();

    /** The process has told its application something. */
    void keep(Event event) {
        if (event instanceof Event.StateChanged changed) {
            Entry after = changed.after();
            Entry before = changed.before();
            if (after != null) {
                entries.put(after.id(), after);
            } else if (before != null) {
                entries.remove(before.id());
            }
        } else if (event instanceof Event.StateSynced synced) {
            inStep = synced.stamp();
        }
    }

    /** A new process on that machine goes on with what is here. */
    void restore(Node core, long now, Outbox out) {
        core.state().restore(new TreeMap<>(entries).values(), inStep, replicas, now, out);
        replicas.add(core.state().replica());
    }
}
