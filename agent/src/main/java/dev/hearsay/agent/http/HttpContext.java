package dev.hearsay.agent.http;

import dev.hearsay.api.Cluster;
import java.util.concurrent.Semaphore;

/**
 * What routes share.
 *
 * @param cluster the node they ask and command
 * @param host the agent
 * @param limits bounds
 * @param feed what {@code /v1/stream} tells
 * @param stateFeed what it tells of shared state
 * @param streams a permit for each stream that may still begin
 * @param meters what is counted
 */
record HttpContext(
        Cluster cluster,
        HttpServer.Host host,
        HttpLimits limits,
        Feed feed,
        StateFeed stateFeed,
        Semaphore streams,
        Meters meters) {}
