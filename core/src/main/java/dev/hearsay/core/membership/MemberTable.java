package dev.hearsay.core.membership;

import org.jspecify.annotations.Nullable;

/**
 * The members a node knows, itself included, by name and by index.
 *
 * <p>The indexes are 0 to {@code size() - 1} without gaps; adding and removing members moves others. An interface from
 * the first day: dense arrays serve production, a table of differences against a shared base will serve simulations of
 * a hundred thousand nodes.
 */
public interface MemberTable {

    /** Number of members, dead ones included. */
    int size();

    /** Number of members that are alive or suspect. */
    int live();

    /** The member at the index, 0 to {@code size() - 1}. */
    Member at(int index);

    /** The member with that name, or null. */
    @Nullable Member find(String name);

    /**
     * Adds a member, or replaces the one of the same name.
     *
     * @param position for a new member, its index, 0 to {@code size()}: whoever sits there moves to the end
     */
    void put(Member member, int position);

    /** Forgets the member with that name; no effect if there is none. */
    void remove(String name);

    /** Exchanges the members at two indexes. */
    void swap(int first, int second);
}
