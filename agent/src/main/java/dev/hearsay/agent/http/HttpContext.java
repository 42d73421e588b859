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
 * @param sampler the agent's figures over the last minutes
 * @param history what the agent heard of each member
 * @param streams a permit for each stream that may still begin
 * @param meters what is counted
 */
record HttpContext(
        Cluster cluster,
        HttpServer.Host host,
        HttpLimits limits,
        Feed feed,
        StateFeed stateFeed,
        FigureSampler sampler,
        MemberHistory history,
        Semaphore streams,
        Meters meters) {}
