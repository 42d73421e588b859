package dev.hearsay.wire;

import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.Peers;

/** Reads from the {@link Trailer} in members' metadata what they can do. */
public final class AnnouncedPeers implements Peers {
    @Override
    public boolean can(Member member, Ability ability) {
        return Trailer.decode(member.meta()).capabilities().contains(capability(ability));
    }

    private static Capability capability(Ability ability) {
        return switch (ability) {
            case GUARDS -> Capability.GUARDS;
            case DIFFERENCES -> Capability.DIFFERENCES;
            case STATE -> Capability.STATE;
            case HEARTBEATS -> Capability.HEARTBEATS;
        };
    }
}
