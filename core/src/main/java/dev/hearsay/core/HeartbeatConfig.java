package dev.hearsay.core;

import java.time.Duration;

/**
 * Whether a node judges members by their heartbeats instead of probing them, and how. Immutable. What a heartbeat is, and
 * which members it is about, says {@link dev.hearsay.core.detector.Heartbeats}.
 *
 * @param detector which failure detector this node uses. Default {@link Detector#SWIM}; all else here is of no meaning then
 * @param interval how often a node raises its own counter and sends counters, above 0. Raising it saves traffic and delays
 *     detection in proportion. At most 10 min. Default 1 s (as Akka and Pekko)
 * @param fanout to how many random members each time, 1 to 64. Each costs a packet per interval; the time from heartbeat to
 *     heartbeat falls in proportion while there are more members than {@code fanout × subsetBytes / 12}. Default 3, as gossip's
 * @param subsetBytes bytes of the counters of others in a packet, 12 for each, 0 to 60,000; never more than fits into {@link
 *     Config#packetBytes()}. Raising it costs that much per packet, and shortens the time from heartbeat to heartbeat in large
 *     clusters. 0: a node sends its own counter only. Default 1,200: of 100 members
 * @param threshold phi at which a member is suspected, 0.5 to 100: wrong once in 10^threshold heartbeats, if they are
 *     regular (Hayashibara et al. 2004). Raising it delays detection by about one deviation for each 2 or 3. Default 8
 *     (Cassandra, Akka, Pekko)
 * @param window from how many times between heartbeats a member's habit is known, 2 to {@value #MAX_WINDOW}: 4 bytes for
 *     each, for each member. Raising it takes longer to notice that a member has become slower or faster. Default 100
 *     (Cassandra and Akka keep 1,000, a quarter of an hour)
 * @param leastDeviation the least standard deviation that is believed, above 0: in a quiet cluster a single late packet would
 *     be a suspicion otherwise. Raising it delays detection by about 5.6 times as much at threshold 8. Default 100 ms (Akka)
 * @param acceptablePause how much longer than usual a member may be silent before phi begins to rise. Raising it delays
 *     detection as much, and lets longer collections of garbage pass. 0: none. Default 3 s (Akka, Pekko)
 * @param timeout a member is suspected after so much silence, whatever is usual for it, instead of by phi. Choose well above
 *     what {@code docs/configuration.md} says of the time from heartbeat to heartbeat. 0: by phi, the default
 */
public record HeartbeatConfig(
        Detector detector,
        Duration interval,
        int fanout,
        int subsetBytes,
        double threshold,
        int window,
        Duration leastDeviation,
        Duration acceptablePause,
        Duration timeout) {
    /** Most times between heartbeats that are kept for a member. */
    public static final int MAX_WINDOW = 1000;

    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);

    /** Nobody is judged by heartbeats; the other values are the defaults. */
    public static final HeartbeatConfig DEFAULTS = new HeartbeatConfig(
            Detector.SWIM,
            Duration.ofSeconds(1),
            3,
            1200,
            8,
            100,
            Duration.ofMillis(100),
            Duration.ofSeconds(3),
            Duration.ZERO);

    /** How a node finds out who has failed. */
    public enum Detector {
        /** It probes one member after the other (SWIM, with Lifeguard). */
        SWIM,
        /** It counts on their heartbeats, where they send some, and probes the others. */
        HEARTBEAT
    }

    /** Checks the ranges; an exception names field, value and rule. */
    public HeartbeatConfig {
        Bounds.nanos("heartbeat interval", interval, 1);
        if (interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("heartbeat interval " + interval
                    + " is out of range: must be above 0 and at most " + LONGEST_INTERVAL);
        }
        Bounds.range("heartbeat fanout", fanout, 1, 64);
        Bounds.range("heartbeat subsetBytes", subsetBytes, 0, 60_000);
        if (!(threshold >= 0.5 && threshold <= 100)) {
            throw new IllegalArgumentException(
                    "heartbeat threshold " + threshold + " is out of range: must be 0.5 to 100");
        }
        Bounds.range("heartbeat window", window, 2, MAX_WINDOW);
        Bounds.nanos("heartbeat leastDeviation", leastDeviation, 1);
        Bounds.nanos("heartbeat acceptablePause", acceptablePause, 0);
        Bounds.nanos("heartbeat timeout", timeout, 0);
    }

    /** Whether this node judges members by heartbeats. */
    public boolean selected() {
        return detector == Detector.HEARTBEAT;
    }

    /** The same with that detector. */
    public HeartbeatConfig withDetector(Detector value) {
        return new HeartbeatConfig(
                value, interval, fanout, subsetBytes, threshold, window, leastDeviation, acceptablePause, timeout);
    }

    /** The same with that interval. */
    public HeartbeatConfig withInterval(Duration value) {
        return new HeartbeatConfig(
                detector, value, fanout, subsetBytes, threshold, window, leastDeviation, acceptablePause, timeout);
    }

    /** The same with that fan-out. */
    public HeartbeatConfig withFanout(int value) {
        return new HeartbeatConfig(
                detector, interval, value, subsetBytes, threshold, window, leastDeviation, acceptablePause, timeout);
    }

    /** The same with so many bytes of counters. */
    public HeartbeatConfig withSubsetBytes(int value) {
        return new HeartbeatConfig(
                detector, interval, fanout, value, threshold, window, leastDeviation, acceptablePause, timeout);
    }

    /** The same with that threshold. */
    public HeartbeatConfig withThreshold(double value) {
        return new HeartbeatConfig(
                detector, interval, fanout, subsetBytes, value, window, leastDeviation, acceptablePause, timeout);
    }

    /** The same with that window. */
    public HeartbeatConfig withWindow(int value) {
        return new HeartbeatConfig(
                detector, interval, fanout, subsetBytes, threshold, value, leastDeviation, acceptablePause, timeout);
    }

    /** The same with that least deviation. */
    public HeartbeatConfig withLeastDeviation(Duration value) {
        return new HeartbeatConfig(
                detector, interval, fanout, subsetBytes, threshold, window, value, acceptablePause, timeout);
    }

    /** The same with that acceptable pause. */
    public HeartbeatConfig withAcceptablePause(Duration value) {
        return new HeartbeatConfig(
                detector, interval, fanout, subsetBytes, threshold, window, leastDeviation, value, timeout);
    }

    /** The same with that fixed timeout; zero: by phi. */
    public HeartbeatConfig withTimeout(Duration value) {
        return new HeartbeatConfig(
                detector, interval, fanout, subsetBytes, threshold, window, leastDeviation, acceptablePause, value);
    }
}
