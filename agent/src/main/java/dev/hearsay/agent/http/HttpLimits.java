package dev.hearsay.agent.http;

import java.time.Duration;

/**
 * The bounds of the HTTP interface.
 *
 * @param bodyBytes longest body of a request; a longer one is answered with 413
 * @param headerBytes longest head of a request; a longer one is answered with 431
 * @param requests most requests under way at a time, streams among them; a further one is answered with 503
 * @param streams most streams at a time, likewise
 * @param connections most connections; further ones wait in the kernel's queue until one ends
 * @param idle a connection on which nothing moves for so long is closed; also one whose client does not read
 * @param heartbeat how often a stream says something, so that both ends notice when the other is gone
 */
record HttpLimits(
        int bodyBytes, int headerBytes, int requests, int streams, int connections, Duration idle, Duration heartbeat) {
    static final HttpLimits DEFAULTS =
            new HttpLimits(1 << 20, 8192, 256, 64, 1024, Duration.ofSeconds(30), Duration.ofSeconds(15));
}
