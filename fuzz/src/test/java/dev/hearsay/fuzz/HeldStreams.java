package dev.hearsay.fuzz;

import dev.hearsay.core.Node;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongPredicate;

/** The streams of a node that stay open, its own and those of peers, as its driver knows them. */
final class HeldStreams {
    /** Oldest first. */
    private final Set<Long> streams = new LinkedHashSet<>();

    int size() {
        return streams.size();
    }

    /** False if it is held already. */
    boolean add(long stream) {
        return streams.add(stream);
    }

    /** False if it is not held. */
    boolean remove(long stream) {
        return streams.remove(stream);
    }

    /** Whether the node itself has opened one of them. */
    boolean hasOwn() {
        return streams.stream().anyMatch(HeldStreams::own);
    }

    /** Takes out the oldest that the node itself has opened; there has to be one. */
    long takeOwn() {
        return take(HeldStreams::own);
    }

    /** Takes out the oldest; there has to be one. */
    long take() {
        return take(stream -> true);
    }

    private long take(LongPredicate wanted) {
        long stream = streams.stream().filter(wanted::test).findFirst().orElseThrow();
        streams.remove(stream);
        return stream;
    }

    private static boolean own(long stream) {
        return stream < Node.ACCEPTED_STREAMS;
    }
}
