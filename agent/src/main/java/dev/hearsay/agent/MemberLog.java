package dev.hearsay.agent;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.MemberEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line for each member event, in Serf's words where Serf has any. */
final class MemberLog implements Cluster.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(MemberLog.class);

    @Override
    public void onEvent(MemberEvent event) {
        ClusterMember member = event.member();
        String who = member.name() + " " + member.address().getAddress().getHostAddress();
        switch (event.kind()) {
            case JOINED -> LOG.info("EventMemberJoin: {}", who);
            case UPDATED -> LOG.info("EventMemberUpdate: {}", member.name());
            case SUSPECTED -> LOG.warn("EventMemberSuspect: {} (accused by {})", who, event.by());
            case REFUTED -> LOG.info("EventMemberRefute: {}", who);
            case FAILED -> LOG.info("EventMemberFailed: {} (declared by {})", who, event.by());
            case DAMPED -> LOG.warn("EventMemberDamp: {} (keeps failing and coming back)", who);
            case LEAVING -> LOG.debug("EventMemberLeaving: {}", who);
            case LEFT -> LOG.info("EventMemberLeave: {}", who);
            case REAPED -> LOG.info("EventMemberReap: {}", who);
            case NAME_CONFLICT ->
                LOG.error(
                        "Name conflict: '{}' at {} is also claimed by {}. Names must be unique!",
                        member.name(),
                        HostPort.of(member.address()),
                        event.by());
            case NAME_LOST -> LOG.error("The name '{}' belongs to {}, most members say", member.name(), event.by());
        }
    }
}
