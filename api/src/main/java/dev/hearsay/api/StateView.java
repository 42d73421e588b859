package dev.hearsay.api;

import dev.hearsay.core.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The shared state as one member knows it, in bytes. Results are copies. */
public interface StateView {
    /** What a member says of itself, by key; empty if it says nothing, or is not known. */
    SortedMap<String, byte[]> facts(String member);

    /** The names of all collections of a type in which there is something; for facts the names of members. */
    SortedSet<String> names(StateType type);

    /** The value of a key of a map. */
    Optional<byte[]> mapValue(String map, String key);

    /** All keys of a map with their values. */
    SortedMap<String, byte[]> map(String name);

    /** The elements of a set, ordered by their bytes. */
    List<byte[]> set(String name);

    /** Whether an element is in a set. */
    boolean contains(String set, byte[] element);

    /** The value of a counter; 0 if nobody has counted. */
    long counter(String name);

    /** The values of a register. */
    List<byte[]> register(String name);

    /**
     * Some keys of a map with their values, elements of a set, or facts of a member, in the order of their bytes. Costs no more than what it returns
     * (of facts, than the member has).
     *
     * @param type {@link StateType#MAP}, {@link StateType#SET} or {@link StateType#FACT}
     * @param prefix with which the keys begin; empty for all
     * @param after only keys behind this one; null to begin
     * @param limit most to return
     * @throws IllegalArgumentException for another type
     */
    List<Item> page(StateType type, String collection, Bytes prefix, @Nullable Bytes after, int limit);

    /**
     * What is in a collection.
     *
     * @param key or the element of a set
     * @param value empty for an element of a set
     */
    record Item(Bytes key, Bytes value) {}

    /** Keys and elements there are of all collections together, those of facts, counters and registers included. */
    int size();
}
