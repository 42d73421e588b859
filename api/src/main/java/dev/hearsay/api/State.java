package dev.hearsay.api;

import dev.hearsay.api.Cluster.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/**
 * What the cluster knows beside its members: facts that each member tells of itself, and maps, sets, counters and registers that all members
 * write. There is no server: every member has all of it, writes at once, alone if need be, and all converge to the same, whatever is lost
 * on the way and however long the network was divided.
 *
 * <p>Every method may be called from any thread, also from inside a listener; none blocks. Reads come from what this member has heard so
 * far; reads that must fit together, and those by bytes, go to a {@link #snapshot()}. A write completes when this member has it, durably if it has
 * a store; the others have it a moment later. It completes exceptionally with
 * <ul>
 *   <li>{@link IllegalArgumentException} if a name, a key or a value is too long; the message has the limit
 *   <li>{@link dev.hearsay.core.state.StateOverrun} if this member writes faster than the cluster takes it: try again later
 *   <li>{@link StoreOverrun} if its disk is slower than it writes: likewise
 *   <li>{@link IllegalStateException} if there is no room, or this member takes no part in shared state
 *   <li>{@link java.io.IOException} if the store could not keep it: the write has taken place, but not durably
 * </ul>
 */
public interface State {

    /** Says something of this member, in place of what it has said under that key; it holds as long as this process is a member. */
    CompletableFuture<Void> fact(String key, byte[] value);

    /** Takes back what this member has said under that key. */
    CompletableFuture<Void> removeFact(String key);

    /** The map of that name: of two values of a key the later one stays (last writer wins, by hybrid logical clocks). */
    <V> SharedMap<V> map(String name, Codec<V> codec);

    /** The set of that name: an element that is added and removed at the same time stays (add wins). */
    <E> SharedSet<E> set(String name, Codec<E> codec);

    /** The counter of that name. */
    SharedCounter counter(String name);

    /** The register of that name: values that were set without knowing of each other stand side by side. */
    <V> SharedRegister<V> register(String name, Codec<V> codec);

    /** Everything there is at this moment, for reads that must fit together. Immutable; takes no copy. */
    StateView snapshot();

    /**
     * Calls for every change from now on, this member's own included: one at a time, in the order in which they came about here, on the
     * application's executor; a slow listener delays itself only, see {@link Cluster#listen}.
     */
    Subscription watch(StateListener listener);

    /** A map that all members share. */
    interface SharedMap<V> {
        /**
         * The value of a key; null if there is none.
         *
         * @throws IllegalArgumentException if the codec does not understand it
         */
        @org.jspecify.annotations.Nullable V get(String key);

        /** All keys with their values, by key. Those whose value the codec does not understand are left out. A copy. */
        SortedMap<String, V> all();

        /** How many keys there are. */
        int size();

        /** Gives a key a value. */
        default CompletableFuture<Void> put(String key, V value) {
            return put(key, value, Duration.ZERO);
        }

        /** Gives a key a value that is forgotten after that time, everywhere; zero for never. */
        CompletableFuture<Void> put(String key, V value, Duration timeToLive);

        /** Takes a key out. Completes with whether it was there. */
        CompletableFuture<Boolean> remove(String key);
    }

    /** A set that all members share. */
    interface SharedSet<E> {
        /** Whether an element is there. */
        boolean contains(E element);

        /** All elements that the codec understands, by their bytes. A copy. */
        List<E> all();

        /** How many elements there are. */
        int size();

        /** Adds an element. */
        default CompletableFuture<Void> add(E element) {
            return add(element, Duration.ZERO);
        }

        /** Adds an element for that time; zero for good. */
        CompletableFuture<Void> add(E element, Duration timeToLive);

        /** Takes an element out. Completes with whether it was there. */
        CompletableFuture<Boolean> remove(E element);
    }

    /** A counter that all members share. */
    interface SharedCounter {
        /** What all have counted, as far as it is known here. */
        long value();

        /** Adds; a negative amount takes off. Completes with the value here after that. */
        default CompletableFuture<Long> add(long amount) {
            return add(amount, Duration.ZERO);
        }

        /** Adds; all that this process has counted is forgotten if it does not add again within that time. Zero for never. */
        CompletableFuture<Long> add(long amount, Duration timeToLive);
    }

    /** A register that all members share. */
    interface SharedRegister<V> {
        /**
         * The values that the codec understands: none if it is empty, more than one if members have set it without knowing of each other.
         */
        List<V> values();

        /** Sets the value in place of all that are known here. */
        default CompletableFuture<Void> set(V value) {
            return set(value, Duration.ZERO);
        }

        /** Sets the value for that time; zero for good. */
        CompletableFuture<Void> set(V value, Duration timeToLive);

        /** Empties the register of all values that are known here. */
        CompletableFuture<Void> clear();
    }

    /** How long the writes of others took to come here. */
    Propagation propagation();

    /** Figures, by name: see {@link Cluster#stats()}, which has them too under {@code hearsay.state_...}. */
    Map<String, String> stats();
}
