package dev.hearsay.api;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

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

    /** Keys and elements there are of all collections together, those of facts, counters and registers included. */
    int size();
}
