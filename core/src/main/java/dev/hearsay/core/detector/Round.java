package dev.hearsay.core.detector;

import dev.hearsay.core.Prng;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to be probed: all live members in a random order, then all in another (SWIM, section 4.3). So each is
 * reached within 2n - 1 turns.
 *
 * <p>The order is drawn while walking, one member a turn (Fisher and Yates): those before the cursor had their turn in this
 * round. A newcomer stands behind the cursor, where all places are equally likely.
 */
final class Round {
    private final MemberTable table;
    private final Membership membership;
    private final Prng random;
    private int cursor;

    Round(MemberTable table, Membership membership, Prng random) {
        this.table = table;
        this.membership = membership;
        this.random = random;
    }

    /** The next live member other than this node that is wanted; null if there is nobody. */
    @Nullable Member next(Predicate<Member> wanted) {
        // In two rounds at most everybody is met. As a rule the first or second look finds somebody.
        for (int looks = Math.max(3, 2 * table.live()); looks > 0 && table.live() > 0; looks--) {
            if (cursor >= table.live()) {
                cursor = 0;
            }
            table.swap(cursor, cursor + random.below(table.live() - cursor));
            Member member = table.at(cursor++);
            if (!membership.isSelf(member) && wanted.test(member)) {
                return member;
            }
        }
        return null;
    }
}
