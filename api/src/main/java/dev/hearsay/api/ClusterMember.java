package dev.hearsay.api;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Versions;
import dev.hearsay.wire.Capability;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;

/**
 * A member as one node sees it, at one moment.
 *
 * @param name unique in the cluster
 * @param address where it listens, for UDP and TCP
 * @param tags what it says of itself, ordered by key; immutable; empty if it is a program on bare memberlist
 * @param meta the bytes in which it says so
 * @param status what is believed of it
 * @param incarnation rises each time the member refutes a suspicion or changes its tags
 * @param versions the protocol versions it speaks
 * @param capabilities what it can do beyond Serf's protocol; none if it is no Hearsay node, or an older one; immutable
 */
public record ClusterMember(
        String name,
        InetSocketAddress address,
        Map<String, String> tags,
        Bytes meta,
        Status status,
        long incarnation,
        Versions versions,
        Set<Capability> capabilities) {

    /** What is believed of a member. */
    public enum Status {
        /** It answers. */
        ALIVE("alive"),
        /** Somebody could not reach it, and it has not refuted that yet. Serf's tools show such a member as alive. */
        SUSPECT("suspect"),
        /** It announced that it is about to leave. */
        LEAVING("leaving"),
        /** It left on purpose. */
        LEFT("left"),
        /** It stopped answering. */
        FAILED("failed");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** The word for it, in lower case. */
        public String text() {
            return text;
        }

        /** Whether the member still takes part in the cluster. */
        public boolean live() {
            return this == ALIVE || this == SUSPECT || this == LEAVING;
        }
    }
}
