package dev.hearsay.agent.http;

import java.util.List;
import java.util.Map;

/**
 * How the agent was over about a second.
 *
 * @param at when it ended
 */
record FigureSample(
        @Doc("When this sample was taken, RFC 3339") String at,

        @Doc("How long it took, in seconds: since the one before it, or since the agent began to sample")
        double seconds,

        @Doc("Members as this agent believes") MemberFigures members,
        @Doc("The agent itself") LocalFigures local,
        @Doc("What waits") QueueFigures queues,

        @Doc("What happened, each per second: see docs/http-api.md")
        Map<String, Double> rates,

        @Doc("How many events about members this agent heard, by kind; none of a kind that did not happen")
        Map<String, Integer> heard,

        @Doc(
                "How many writes of others to the shared state became readable here, by how long they took: a number for each of propagation_bounds_seconds, and one for what took longer; empty without shared state")
        List<Long> propagation) {

    /** Members by status. */
    record MemberFigures(int alive, int suspect, int leaving, int left, int failed) {}

    /** How the agent is. */
    record LocalFigures(
            @Doc("Lifeguard's local health score: 0 is well, 7 is worst")
            long healthScore,

            @Doc("What the score comes from") String healthReason,

            @Doc("Longest time that the node's loop was late, within a minute, in seconds")
            double lagWorstMinuteSeconds,

            @Doc("Last pause of the process, in seconds; 0 if there was none")
            double lastPauseSeconds,

            @Doc("How much of that was garbage collection, in seconds")
            double lastPauseCollectionSeconds,

            @Doc("Memory in use on the heap, in bytes") long heapBytes,
            @Doc("Members under suspicion") long suspicions,
            @Doc("Guard streams") long guards) {}

    /** What waits. */
    record QueueFigures(
            @Doc("Updates still being spread, among them the next three")
            long updates,

            @Doc("Join and leave intents, and news of members")
            long intents,

            @Doc("User events") long events,
            @Doc("Queries") long queries,

            @Doc("Entries of shared state still being told of")
            long stateTelling,

            @Doc("Bytes of shared state that wait to be pushed")
            long stateBacklog,

            @Doc("Entries of shared state that were asked for")
            long stateAsked) {}
}
