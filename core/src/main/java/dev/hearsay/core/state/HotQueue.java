package dev.hearsay.core.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The entries that a node still tells others of: of each writer the oldest first, and one writer after the other, so that one who
 * writes much does not silence the rest. It holds at most {@value #MOST} entries: when it is full, the one told most often makes room, and
 * an exchange has to find it.
 */
final class HotQueue {
    /** How many entries are told of at a time. */
    static final int MOST = 8192;

    /** An entry that is told of. */
    static final class Hot {
        final Entry entry;

        /** Hands it has gone through. */
        final int hops;

        /** Whether this node has written it. */
        final boolean own;

        private int rounds;

        Hot(Entry entry, int hops, boolean own) {
            this.entry = entry;
            this.hops = hops;
            this.own = own;
        }

        /** How often it has been told of here. */
        int rounds() {
            return rounds;
        }
    }

    private final Map<Long, Deque<Hot>> byWriter = new LinkedHashMap<>();

    /** In the order in which they came: so the oldest of a writer is found at once when they are dropped. */
    private final Map<EntryId, Hot> byId = new LinkedHashMap<>();

    /** Bytes of this node's own entries that have not been told of yet. */
    private long backlog;

    /** Bytes of this node's own entries that have not been told of yet. */
    long backlog() {
        return backlog;
    }

    /** It has been told of once more. */
    void told(Hot hot) {
        if (hot.rounds++ == 0 && hot.own) {
            backlog -= hot.entry.bytes();
        }
    }

    int size() {
        return byId.size();
    }

    /** Whether this version is told of. */
    boolean holds(Entry entry) {
        return hops(entry) >= 0;
    }

    /** Hands through which this version has gone; -1 if it is not told of. */
    int hops(Entry entry) {
        Hot hot = byId.get(entry.id());
        return hot != null && hot.entry.hash() == entry.hash() ? hot.hops : -1;
    }

    /** Tells of an entry, in place of an older version. Returns whether another had to make room. */
    boolean add(Hot hot) {
        Hot before = byId.put(hot.entry.id(), hot);
        if (before != null) {
            drop(before);
        }
        backlog += hot.own ? hot.entry.bytes() : 0;
        byWriter.computeIfAbsent(hot.entry.writer(), writer -> new ArrayDeque<>())
                .addLast(hot);
        if (byId.size() <= MOST) {
            return false;
        }
        Hot most = null;
        for (Deque<Hot> queue : byWriter.values()) {
            Hot oldest = queue.getFirst();
            most = most == null || oldest.rounds > most.rounds ? oldest : most;
        }
        if (most != null) {
            remove(most);
        }
        return true;
    }

    /** All that is told of: the oldest of each writer, then the second of each, and so on. The writers take turns at being first. */
    List<Hot> inTurn() {
        List<Deque<Hot>> queues = new ArrayList<>();
        for (Deque<Hot> queue : byWriter.values()) {
            queues.add(new ArrayDeque<>(queue));
        }
        List<Hot> all = new ArrayList<>(byId.size());
        while (all.size() < byId.size()) {
            for (Deque<Hot> queue : queues) {
                Hot next = queue.pollFirst();
                if (next != null) {
                    all.add(next);
                }
            }
        }
        turn();
        return all;
    }

    /** Puts the first writer behind the others. */
    private void turn() {
        if (byWriter.size() > 1) {
            long first = byWriter.keySet().iterator().next();
            Deque<Hot> queue = byWriter.remove(first);
            if (queue != null) {
                byWriter.put(first, queue);
            }
        }
    }

    /** Drops what has been told of often enough. */
    void removeIf(Predicate<Hot> enough) {
        for (Hot hot : new ArrayList<>(byId.values())) {
            if (enough.test(hot)) {
                remove(hot);
            }
        }
    }

    private void remove(Hot hot) {
        byId.remove(hot.entry.id());
        drop(hot);
    }

    private void drop(Hot hot) {
        backlog -= hot.own && hot.rounds == 0 ? hot.entry.bytes() : 0;
        Deque<Hot> queue = byWriter.get(hot.entry.writer());
        if (queue != null) {
            queue.remove(hot);
            if (queue.isEmpty()) {
                byWriter.remove(hot.entry.writer());
            }
        }
    }
}
