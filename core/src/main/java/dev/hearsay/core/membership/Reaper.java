package dev.hearsay.core.membership;

import dev.hearsay.core.Config;
import dev.hearsay.core.Outbox;

/** Forgets members that have failed or left long enough ago (Serf's reaper; memberlist itself never forgot those that left). */
public final class Reaper {
    /** So many of the gone are looked at each time; if there are more, the next time goes on with the others. */
    static final int LOOKS = 1_000;

    private final Config config;
    private final MemberTable table;
    private final Membership membership;

    /** The one looked at last; those behind it have been. */
    private int last;

    /** Makes a reaper; {@link #reap} does the work. */
    public Reaper(Config config, MemberTable table, Membership membership) {
        this.config = config;
        this.table = table;
        this.membership = membership;
    }

    /** Forgets whoever is due. */
    public void reap(long now, Outbox out) {
        for (int looks = Math.min(LOOKS, table.size() - table.live()); looks > 0; looks--) {
            if (last <= table.live() || last > table.size()) {
                last = table.size();
            }
            // From behind: a member that is forgotten makes room for one from further behind, which has been looked at.
            Member gone = table.at(--last);
            if (!membership.isSelf(gone) && now - gone.since() > patience(gone.claimed())) {
                membership.forget(gone, out);
            }
        }
    }

    private long patience(MemberState state) {
        return switch (state) {
            case ALIVE, SUSPECT -> Long.MAX_VALUE;
            case DEAD -> config.reapFailedAfterNanos();
            case LEFT -> config.reapLeftAfterNanos();
        };
    }
}
