package dev.hearsay.core;

/**
 * A node's figures at one moment.
 *
 * @param health Lifeguard's local health score: 0 is healthy, at most {@link Config#healthMax()} - 1
 * @param local where that comes from
 * @param queuedUpdates updates still being spread
 * @param queuedEvents how many of these are user events
 * @param queuedQueries how many of these are queries
 * @param suspicions members under suspicion here
 * @param guards guard streams, opened here or by others
 * @param coordinateResets how often this node's network coordinate began anew
 * @param memberTime Serf's Lamport time of membership intents
 * @param eventTime Serf's Lamport time of user events
 * @param queryTime Serf's Lamport time of queries
 */
public record Vitals(
        int health,
        Health local,
        int queuedUpdates,
        int queuedEvents,
        int queuedQueries,
        int suspicions,
        int guards,
        int coordinateResets,
        long memberTime,
        long eventTime,
        long queryTime) {

    static Vitals of(Node node) {
        return new Vitals(
                node.suspicions.healthScore(),
                node.suspicions.explainHealth(),
                node.dissemination.size(),
                node.dissemination.events(),
                node.dissemination.queries(),
                node.suspicions.size(),
                node.guards.size(),
                node.coordinates.resets(),
                node.intents.time(),
                node.userEvents.time(),
                node.heard.time());
    }
}
