package dev.hearsay.core.membership;

import dev.hearsay.core.Address;
import org.jspecify.annotations.Nullable;

/**
 * The members a node knows, itself included, by name and by index.
 *
 * <p>The indexes are 0 to {@code size() - 1} without gaps, in three zones: first those that are alive or suspect, then those
 * that failed, then those that left. So the next to probe, a random failed one, or all that are gone are found without
 * looking at the others. Adding, changing and removing members moves others within their zone, a constant number each time;
 * a newcomer to a zone stands at its end.
 */
public interface MemberTable {

    /** Number of members, dead ones included. */
    int size();

    /** Number of members that are alive or suspect: those at the indexes below. */
    int live();

    /** Number of members that failed: those at the indexes from {@link #live} on. */
    int failed();

    /** The member at the index, 0 to {@code size() - 1}. */
    Member at(int index);

    /** The member with that name, or null. */
    @Nullable Member find(String name);

    /** The member at that address, dead ones included; of several, any. Null if there is none. */
    @Nullable Member find(Address address);

    /** Adds a member, or replaces the one of the same name. */
    void put(Member member);

    /** Forgets the member with that name; no effect if there is none. */
    void remove(String name);

    /**
     * Exchanges the members at two indexes of the same zone.
     *
     * @throws IllegalArgumentException if the indexes lie in different zones
     */
    void swap(int first, int second);
}
