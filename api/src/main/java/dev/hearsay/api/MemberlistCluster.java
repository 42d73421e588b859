package dev.hearsay.api;

import dev.hearsay.core.Bytes;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A cluster of programs on bare memberlist, without Serf: members have metadata instead of tags, and may send each other
 * messages. What arrives goes to the {@link Delegate}.
 */
public interface MemberlistCluster extends Cluster {

    /**
     * Spreads a message by gossip: in packets that are sent anyway and to members chosen at random, until it has been sent
     * often enough to reach nearly everybody if the receivers broadcast what is new to them (memberlist {@code
     * QueueBroadcast}). It may get lost, and arrives more than once. At most 4,096 are under way, or
     * twice as many as there are members; then those sent most often make room.
     *
     * @param content must fit into a packet: {@link dev.hearsay.core.Config#packetBytes()} less what the layers take
     * @return completes when the node has taken it; exceptionally with {@link IllegalArgumentException} if it is too long
     */
    CompletableFuture<Void> broadcast(byte[] content);

    /** The same; a later message with the same key takes the place of this one while it is being spread. */
    CompletableFuture<Void> broadcast(String key, byte[] content);

    /**
     * Sends a message to one member in a packet, which may get lost (memberlist {@code SendBestEffort}).
     *
     * @return completes when it has been sent; exceptionally with {@link IllegalArgumentException} if it is too long or the
     *     member is unknown
     */
    CompletableFuture<Void> send(String member, byte[] content);

    /**
     * Sends a message of up to 20 MiB to one member over a stream (memberlist {@code SendReliable}).
     *
     * @return completes when its machine has taken all bytes, which does not tell whether the program there has;
     *     exceptionally with {@link SendException} if that failed, with {@link IllegalArgumentException} if it is too
     *     long or the member is unknown
     */
    CompletableFuture<Void> sendReliably(String member, byte[] content);

    /**
     * Replaces this node's metadata and tells the others (memberlist {@code UpdateNode}).
     *
     * @throws IllegalArgumentException above 512 bytes
     */
    CompletableFuture<Void> meta(Bytes meta);

    /**
     * Not here: there are no tags without Serf.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    default CompletableFuture<Void> tags(Map<String, String> tags) {
        throw new UnsupportedOperationException("a cluster on bare memberlist has metadata, no tags");
    }

    /** A message may not have reached its receiver. */
    final class SendException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Says why, for a person. */
        public SendException(String message) {
            super(message);
        }
    }
}
