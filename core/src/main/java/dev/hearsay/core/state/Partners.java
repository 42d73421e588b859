package dev.hearsay.core.state;

import dev.hearsay.core.Address;
import dev.hearsay.core.Prng;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Peers;
import dev.hearsay.core.membership.Peers.Ability;
import dev.hearsay.core.membership.Sampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members that take part in shared state, and how much each may be sent when it asks. */
final class Partners {
    /** Least budgets kept before those that are full are forgotten. */
    private static final int FEW = 64;

    private final String self;
    private final MemberTable table;
    private final Peers peers;
    private final Prng random;
    private final long bytesPerSecond;

    /** Of members that were sent something a moment ago. Looked up only. */
    private final Map<String, Budget> budgets = new LinkedHashMap<>();

    Partners(String self, MemberTable table, Peers peers, Prng random, long bytesPerSecond) {
        this.self = self;
        this.table = table;
        this.peers = peers;
        this.random = random;
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Up to so many live ones at random. */
    List<Member> pick(int count) {
        return Sampling.pickLive(table, count, random, this::takesPart);
    }

    /** How many members are live, of whatever kind. */
    int live() {
        return table.live();
    }

    /** Those that failed and are still remembered. */
    List<Member> failed() {
        List<Member> failed = new ArrayList<>();
        for (int i = table.live(); i < table.live() + table.failed(); i++) {
            if (takesPart(table.at(i))) {
                failed.add(table.at(i));
            }
        }
        return failed;
    }

    /**
     * The member at that address; null if there is none. Whoever sends something lives, whatever this node takes it for: else two that disagree
     * about that would never be in step.
     */
    @Nullable Member at(Address address) {
        Member known = table.find(address);
        return known != null && known.claimed() != MemberState.LEFT && takesPart(known) ? known : null;
    }

    /** What that member may be sent. */
    Budget budget(Member member, long now) {
        if (budgets.size() > Math.max(FEW, table.size())) {
            budgets.values().removeIf(budget -> budget.full(now));
        }
        return budgets.computeIfAbsent(member.name(), name -> new Budget(bytesPerSecond));
    }

    private boolean takesPart(Member member) {
        return !member.name().equals(self) && peers.can(member, Ability.STATE);
    }
}
