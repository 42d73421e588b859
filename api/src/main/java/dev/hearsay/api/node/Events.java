package dev.hearsay.api.node;

import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.MemberEvent.Kind;
import dev.hearsay.core.Event;
import dev.hearsay.core.membership.Member;
import dev.hearsay.wire.Capability;
import dev.hearsay.wire.Tags;
import dev.hearsay.wire.Trailer;
import java.util.Map;
import java.util.Set;

/** From the core's words to the API's. */
public final class Events {

    private Events() {}

    /** The event as a listener sees it. */
    public static MemberEvent toApi(Event.MemberEvent event) {
        String by = "";
        if (event instanceof Event.MemberSuspected suspected) {
            by = suspected.accuser();
        } else if (event instanceof Event.MemberFailed failed) {
            by = failed.accuser();
        } else if (event instanceof Event.NameConflict conflict) {
            by = conflict.claimant().toString();
        } else if (event instanceof Event.NameLost lost) {
            by = lost.holder().toString();
        }
        return new MemberEvent(kind(event), toApi(event.member()), by);
    }

    /** The member as the application sees it. */
    public static ClusterMember toApi(Member member) {
        return new ClusterMember(
                member.name(),
                Endpoints.toSocket(member.address()),
                tags(member),
                member.meta(),
                status(member),
                member.incarnation(),
                member.versions(),
                capabilities(member));
    }

    /** A member without a layer above memberlist has no tags, whatever its metadata looks like. */
    public static Map<String, String> tags(Member member) {
        return bare(member) ? Map.of() : Tags.decode(member.meta());
    }

    private static Set<Capability> capabilities(Member member) {
        return bare(member) ? Set.of() : Trailer.decode(member.meta()).capabilities();
    }

    private static boolean bare(Member member) {
        return member.versions().delegateMax() == 0;
    }

    /** What is believed of a member, in the API's words. */
    public static ClusterMember.Status status(Member member) {
        return switch (member.state()) {
            case ALIVE -> member.leaving() ? ClusterMember.Status.LEAVING : ClusterMember.Status.ALIVE;
            case SUSPECT -> member.leaving() ? ClusterMember.Status.LEAVING : ClusterMember.Status.SUSPECT;
            case DEAD -> ClusterMember.Status.FAILED;
            case LEFT -> ClusterMember.Status.LEFT;
        };
    }

    private static Kind kind(Event.MemberEvent event) {
        if (event instanceof Event.MemberJoined) {
            return Kind.JOINED;
        } else if (event instanceof Event.MemberUpdated) {
            return Kind.UPDATED;
        } else if (event instanceof Event.MemberSuspected) {
            return Kind.SUSPECTED;
        } else if (event instanceof Event.MemberRefuted) {
            return Kind.REFUTED;
        } else if (event instanceof Event.MemberFailed) {
            return Kind.FAILED;
        } else if (event instanceof Event.MemberDamped) {
            return Kind.DAMPED;
        } else if (event instanceof Event.MemberLeaving) {
            return Kind.LEAVING;
        } else if (event instanceof Event.MemberLeft) {
            return Kind.LEFT;
        } else if (event instanceof Event.MemberReaped) {
            return Kind.REAPED;
        } else if (event instanceof Event.NameConflict) {
            return Kind.NAME_CONFLICT;
        } else if (event instanceof Event.NameLost) {
            return Kind.NAME_LOST;
        }
        throw new IllegalArgumentException("unknown event " + event);
    }
}
