package dev.hearsay.core.membership;

import dev.hearsay.core.Config;
import dev.hearsay.core.Outbox;
import java.util.ArrayList;
import java.util.List;

/** Forgets members that have failed or left long enough ago (Serf's reaper; memberlist itself never forgot those that left). */
public final class Reaper {
    private final Config config;
    private final MemberTable table;
    private final Membership membership;

    /** Makes a reaper; {@link #reap} does the work. */
    public Reaper(Config config, MemberTable table, Membership membership) {
        this.config = config;
        this.table = table;
        this.membership = membership;
    }

    /** Forgets whoever is due. */
    public void reap(long now, Outbox out) {
        List<Member> due = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            Member member = table.at(i);
            if (!membership.isSelf(member) && now - member.since() > patience(member.claimed())) {
                due.add(member);
            }
        }
        for (Member member : due) {
            membership.forget(member, out);
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
