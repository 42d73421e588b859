package dev.hearsay.api;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Versions;
import java.net.InetSocketAddress;
import java.util.Map;

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
 */
public record ClusterMember(
        String name,
        InetSocketAddress address,
        Map<String, String> tags,
        Bytes meta,
        Status status,
        long incarnation,
        Versions versions) {

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
