package dev.hearsay.agent.http;

import dev.hearsay.api.ClusterMember;
import dev.hearsay.wire.Capability;
import java.util.List;
import java.util.Map;

/**
 * A member as JSON shows it; see {@link ClusterMember}.
 *
 * @param status one of the five words of {@link ClusterMember.Status}: unlike Serf's tools, a suspect is called one
 */
record MemberBody(
        @Doc("Unique in the cluster") String name,
        @Doc("IP address") String address,
        @Doc("UDP and TCP") int port,
        @Doc("alive, suspect, leaving, left or failed") String status,
        @Doc("What it says of itself") Map<String, String> tags,

        @Doc("Rises when it refutes a suspicion or changes its tags")
        long incarnation,

        @Doc("What it speaks and understands") VersionsBody versions,
        @Doc("What it can do beyond Serf's protocol") List<String> capabilities) {

    /** The protocol versions of a member: memberlist's, and Serf's as delegate. */
    record VersionsBody(
            @Doc("Lowest memberlist protocol understood") int protocolMin,
            @Doc("Highest memberlist protocol understood") int protocolMax,
            @Doc("The memberlist protocol spoken") int protocol,
            @Doc("Lowest Serf protocol understood") int delegateMin,
            @Doc("Highest Serf protocol understood") int delegateMax,
            @Doc("The Serf protocol spoken") int delegate) {}

    static MemberBody of(ClusterMember member) {
        return new MemberBody(
                member.name(),
                member.address().getAddress().getHostAddress(),
                member.address().getPort(),
                member.status().text(),
                member.tags(),
                member.incarnation(),
                new VersionsBody(
                        member.versions().protocolMin(),
                        member.versions().protocolMax(),
                        member.versions().protocol(),
                        member.versions().delegateMin(),
                        member.versions().delegateMax(),
                        member.versions().delegate()),
                member.capabilities().stream().map(Capability::text).toList());
    }
}
