package dev.hearsay.api;

import dev.hearsay.core.Bytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A query that somebody asked the cluster, and that this node is to answer. Any thread may use it. */
public interface IncomingQuery {
    /** What is asked, as {@code load}. */
    String name();

    /** What there is to know about it; may be empty. */
    Bytes payload();

    /** Name of the member that asks; empty if it did not say. */
    String from();

    /** Its Lamport time, of which no two queries of one member are equal. */
    long time();

    /** For how long an answer still makes sense; zero when that is over. */
    Duration remaining();

    /**
     * Answers, once. The answer goes straight to whoever asks, in one packet, which may get lost.
     *
     * @return completes when it has been sent; exceptionally with {@link IllegalStateException} if there was an answer
     *     before or it is too late, with {@link IllegalArgumentException} above the limit for answers (1,024 bytes unless
     *     configured otherwise, its frame included)
     */
    CompletableFuture<Void> respond(byte[] payload);
}
