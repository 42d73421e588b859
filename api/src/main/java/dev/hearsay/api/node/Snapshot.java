package dev.hearsay.api.node;

import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What other threads see of a node: immutable, published by the loop through one volatile.
 *
 * <p>Publishing copies references only (a thousand members: a few microseconds, once per batch of packets, and only if a
 * member changed). The reader pays for turning members into what the API shows, and only when it reads. So a node that
 * hears of a thousand joins does not build a thousand lists of a thousand.
 *
 * @param self this node
 * @param version of the members: equal versions mean equal members
 * @param members everybody known, in no order; unmodifiable
 * @param live how many of them are alive or suspect
 * @param figures counters, at most {@link #FIGURES_NANOS} older than the members
 */
public record Snapshot(Member self, long version, List<Member> members, int live, Figures figures) {
    /** Counters are published at most this often; a node with nothing else to do has a turn per gossip interval. */
    public static final long FIGURES_NANOS = 100_000_000;

    /** All members of a table. Unmodifiable. */
    public static List<Member> copy(MemberTable table) {
        Member[] members = new Member[table.size()];
        for (int i = 0; i < members.length; i++) {
            members[i] = table.at(i);
        }
        return Collections.unmodifiableList(Arrays.asList(members));
    }
}
