package dev.hearsay.core.membership;

import dev.hearsay.core.Prng;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Random choice of members, without preference. */
public final class Sampling {
    /** Up to this many members, each is looked at; above, that many draws per wanted member find enough. */
    private static final int EXHAUSTIVE = 64;

    private static final int DRAWS_PER_MEMBER = 32;

    private Sampling() {}

    /**
     * Up to {@code count} different members that satisfy the condition, in random order; fewer if there are fewer. In a
     * large table where hardly anybody qualifies, fewer may be found than there are.
     */
    public static List<Member> pick(MemberTable table, int count, Prng random, Predicate<Member> wanted) {
        return pick(table, table.size(), count, random, wanted);
    }

    /** As {@link #pick}, but only from the members that are alive or suspect. */
    public static List<Member> pickLive(MemberTable table, int count, Prng random, Predicate<Member> wanted) {
        return pick(table, table.live(), count, random, wanted);
    }

    private static List<Member> pick(MemberTable table, int size, int count, Prng random, Predicate<Member> wanted) {
        List<Member> picked = new ArrayList<>(Math.min(count, size));
        if (size <= EXHAUSTIVE) {
            return pickFromAll(table, size, count, random, wanted, picked);
        }
        for (int draws = count * DRAWS_PER_MEMBER; draws > 0 && picked.size() < count; draws--) {
            Member member = table.at(random.below(size));
            if (wanted.test(member) && !holds(picked, member)) {
                picked.add(member);
            }
        }
        return picked;
    }

    /**
     * Of {@value #DRAWS_PER_MEMBER} members drawn from those that failed or left, the one that did the longest ago; null if
     * nobody did. Not of all: a flood of invented newcomers must not cost a look at each of them every time.
     */
    static @Nullable Member longestGone(MemberTable table, Prng random, Member self) {
        Member longest = null;
        int gone = table.size() - table.live();
        for (int i = 0; i < DRAWS_PER_MEMBER && gone > 0; i++) {
            Member drawn = table.at(table.live() + random.below(gone));
            if (!drawn.name().equals(self.name()) && (longest == null || drawn.since() < longest.since())) {
                longest = drawn;
            }
        }
        return longest;
    }

    /** A reservoir over one pass: each qualifying member is equally likely to stay. */
    private static List<Member> pickFromAll(
            MemberTable table, int size, int count, Prng random, Predicate<Member> wanted, List<Member> picked) {
        int seen = 0;
        for (int i = 0; i < size && count > 0; i++) {
            Member member = table.at(i);
            if (!wanted.test(member)) {
                continue;
            }
            seen++;
            int place = random.below(seen);
            if (picked.size() < count) {
                picked.add(member);
                int last = picked.size() - 1;
                picked.set(last, picked.get(place));
                picked.set(place, member);
            } else if (place < count) {
                picked.set(place, member);
            }
        }
        return picked;
    }

    private static boolean holds(List<Member> picked, Member member) {
        for (Member other : picked) {
            if (other.name().equals(member.name())) {
                return true;
            }
        }
        return false;
    }
}
