package dev.hearsay.core.membership;

import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import java.util.List;

/** Takes over what the other side of a push/pull claims about members (memberlist {@code mergeState}). */
public final class Merge {
    private final MemberTable table;
    private final Membership membership;
    private final Counters counters;

    /** Merges into that membership. */
    public Merge(MemberTable table, Membership membership, Counters counters) {
        this.table = table;
        this.membership = membership;
        this.counters = counters;
    }

    /** Takes over the claims. DEAD is never taken at face value: it becomes a doubt. */
    public void apply(List<Claim> claims, long now, Outbox out) {
        for (Claim claim : claims) {
            if (believed(claim)) {
                counters.count(Counter.NEWS_STALE);
                continue;
            }
            switch (claim.state()) {
                case ALIVE ->
                    membership.onAlive(
                            new Message.Alive(
                                    claim.node(), claim.incarnation(), claim.address(), claim.meta(), claim.versions()),
                            now,
                            out);
                case LEFT ->
                    membership.onDead(new Message.Dead(claim.node(), claim.incarnation(), claim.node()), now, out);
                case SUSPECT, DEAD -> membership.onDoubt(claim, now, out);
            }
        }
    }

    /** Whether exactly this is believed already, as most of a push/pull is: settled with one lookup. */
    private boolean believed(Claim claim) {
        Member known = table.find(claim.node());
        return known != null
                && claim.incarnation() == known.incarnation()
                && claim.state() == known.claimed()
                && claim.address().equals(known.address())
                && !membership.isSelf(known);
    }
}
