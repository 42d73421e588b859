package dev.hearsay.core;

import static dev.hearsay.core.Bounds.nanos;
import static dev.hearsay.core.Bounds.range;

import dev.hearsay.core.detector.Guards;
import java.time.Duration;

/** Collects the values of a {@link Config}; {@link #build()} checks them together. Not thread-safe. */
public final class ConfigBuilder {
    long protocolPeriod = Duration.ofSeconds(1).toNanos();
    long probeTimeout = Duration.ofMillis(500).toNanos();
    long probeTimeoutFloor = Duration.ofMillis(100).toNanos();
    int indirectProbes = 3;
    boolean streamProbes = true;
    int guards = 3;
    int healthMax = 8;
    boolean measuredHealth = true;
    boolean buddySystem = true;
    int suspicionMult = 3;
    int suspicionMaxMult = 6;
    int confirmations = 3;
    int secondOpinions = 3;
    long goneTimeout = Duration.ofMillis(500).toNanos();
    long gossipInterval = Duration.ofMillis(200).toNanos();
    long forwardDelay = Duration.ofMillis(1).toNanos();
    int gossipFanout = 3;
    long gossipToTheDead = Duration.ofSeconds(30).toNanos();
    int retransmitMult = 4;
    int packetBytes = 1400;
    long pushPullInterval = Duration.ofSeconds(30).toNanos();
    long streamTimeout = Duration.ofSeconds(10).toNanos();
    long reconnectInterval = Duration.ofSeconds(30).toNanos();
    long reapFailedAfter = Duration.ofHours(24).toNanos();
    long reapLeftAfter = Duration.ofHours(24).toNanos();
    long leaveTimeout = Duration.ofSeconds(5).toNanos();
    int flapThreshold = 2000;
    int flapReuse = 750;
    long flapHalfLife = Duration.ofMinutes(2).toNanos();
    long flapMaxHold = Duration.ofMinutes(10).toNanos();
    HeartbeatConfig heartbeats = HeartbeatConfig.DEFAULTS;
    int maxMembers = 1 << 20;

    ConfigBuilder() {}

    ConfigBuilder(ConfigBuilder from) {
        protocolPeriod = from.protocolPeriod;
        probeTimeout = from.probeTimeout;
        probeTimeoutFloor = from.probeTimeoutFloor;
        indirectProbes = from.indirectProbes;
        streamProbes = from.streamProbes;
        guards = from.guards;
        healthMax = from.healthMax;
        measuredHealth = from.measuredHealth;
        buddySystem = from.buddySystem;
        suspicionMult = from.suspicionMult;
        suspicionMaxMult = from.suspicionMaxMult;
        confirmations = from.confirmations;
        secondOpinions = from.secondOpinions;
        goneTimeout = from.goneTimeout;
        gossipInterval = from.gossipInterval;
        forwardDelay = from.forwardDelay;
        gossipFanout = from.gossipFanout;
        gossipToTheDead = from.gossipToTheDead;
        retransmitMult = from.retransmitMult;
        packetBytes = from.packetBytes;
        pushPullInterval = from.pushPullInterval;
        streamTimeout = from.streamTimeout;
        reconnectInterval = from.reconnectInterval;
        reapFailedAfter = from.reapFailedAfter;
        reapLeftAfter = from.reapLeftAfter;
        leaveTimeout = from.leaveTimeout;
        flapThreshold = from.flapThreshold;
        flapReuse = from.flapReuse;
        flapHalfLife = from.flapHalfLife;
        flapMaxHold = from.flapMaxHold;
        heartbeats = from.heartbeats;
        maxMembers = from.maxMembers;
    }

    /**
     * One member is probed each period (SWIM's T'; memberlist {@code ProbeInterval}). Raising it saves traffic and
     * delays detection in proportion: a crash is first noticed after 1.58 periods on average. A node in bad health
     * stretches its own period ({@link #healthMax}). Above zero. Default 1 s (LAN), 5 s (WAN).
     */
    public ConfigBuilder protocolPeriod(Duration value) {
        protocolPeriod = nanos("protocolPeriod", value, 1);
        return this;
    }

    /**
     * How long a direct ping may stay unanswered before others are asked (memberlist {@code ProbeTimeout}). Choose
     * about the 99th percentile of the round trip. Below {@link #protocolPeriod}: the rest of the period is for the
     * indirect pings. Default 500 ms (LAN), 3 s (WAN), 200 ms (local).
     */
    public ConfigBuilder probeTimeout(Duration value) {
        probeTimeout = nanos("probeTimeout", value, 1);
        return this;
    }

    /**
     * The least that {@link #probeTimeout} shrinks to for a member whose round trip is known: the wait is the smoothed round
     * trip and four times its variation, between this and {@code probeTimeout} (Jacobson, as in TCP; memberlist has a fixed
     * timeout). Lowering it finds silence sooner and asks others in vain whenever a member collects its garbage. 0: always
     * the whole {@code probeTimeout}. Default 100 ms (WAN 500 ms).
     */
    public ConfigBuilder probeTimeoutFloor(Duration value) {
        probeTimeoutFloor = nanos("probeTimeoutFloor", value, 0);
        return this;
    }

    /**
     * How many members are asked to ping one that is silent (SWIM's k; memberlist {@code IndirectChecks}). Each costs
     * four packets per failed direct ping and divides false suspicions under loss. 0: nobody is asked. Default 3
     * (local 1).
     */
    public ConfigBuilder indirectProbes(int value) {
        indirectProbes = range("indirectProbes", value, 0, 64);
        return this;
    }

    /**
     * Whether a silent member is also pinged over TCP, beside the indirect pings (memberlist {@code
     * DisableTcpPings}, inverted). It keeps members behind a network that drops UDP, and a refused connection ends
     * the probe early: the process is gone. Default true.
     */
    public ConfigBuilder streamProbes(boolean value) {
        streamProbes = value;
        return this;
    }

    /**
     * To how many members this node keeps an idle stream, so that both ends notice at once when the other process dies
     * (memberlist has nothing like it). Others keep as many to this node on average, so that each one more costs two TCP
     * connections, that is two file descriptors; traffic only if they break. Only between nodes of Hearsay, with Serf as
     * the layer above. 0: none of its own, though it accepts those of others. 0 to {@value Guards#MAX_WARDS}. Default 3.
     */
    public ConfigBuilder guards(int value) {
        guards = range("guards", value, 0, Guards.MAX_WARDS);
        return this;
    }

    /**
     * Bound of the local health score, exclusive (Lifeguard; memberlist {@code AwarenessMaxMultiplier}). A node with
     * score s stretches its protocol period to (s + 1) times. 1: never stretched. Default 8.
     */
    public ConfigBuilder healthMax(int value) {
        healthMax = range("healthMax", value, 1, 64);
        return this;
    }

    /**
     * Whether what the driver measures about its own machine counts: a node that was away accuses nobody until it has
     * read what waited for it, and one that runs late probes more slowly ({@link Load}). Off, only missing answers tell
     * it, as in memberlist. Default true.
     */
    public ConfigBuilder measuredHealth(boolean value) {
        measuredHealth = value;
        return this;
    }

    /**
     * Whether the ping to a suspect carries the accusation (Lifeguard's buddy system; memberlist always does). It costs
     * nothing; off, a suspect may hear of it too late to refute. Default true.
     */
    public ConfigBuilder buddySystem(boolean value) {
        buddySystem = value;
        return this;
    }

    /**
     * How long a suspect has to refute: suspicionMult × max(1, log10 n) × {@link #protocolPeriod} with every
     * confirmation in, {@link #suspicionMaxMult} times that with none (memberlist {@code SuspicionMult}). Raising it
     * delays detection and saves members that were only slow. At least 1. Default 3 (WAN 6); memberlist: 4 (WAN 6, local 3).
     */
    public ConfigBuilder suspicionMult(int value) {
        suspicionMult = range("suspicionMult", value, 1, 1000);
        return this;
    }

    /**
     * How many times the minimum a suspicion may last while nobody confirms it (Lifeguard's beta; memberlist {@code
     * SuspicionMaxTimeoutMult}). 1 switches Lifeguard's patience off. Default 6.
     */
    public ConfigBuilder suspicionMaxMult(int value) {
        suspicionMaxMult = range("suspicionMaxMult", value, 1, 1000);
        return this;
    }

    /**
     * How many others must accuse a suspect before its time is the shortest, {@link #suspicionMult}; fewer in a cluster that
     * has fewer (Lifeguard's K; memberlist: suspicionMult - 2). Raising it takes more witnesses to be fast. 0: the shortest
     * time at once, as in SWIM. Default 3.
     */
    public ConfigBuilder confirmations(int value) {
        confirmations = range("confirmations", value, 0, 64);
        return this;
    }

    /**
     * How many members, about, probe a suspect themselves as soon as they hear that somebody else suspects it (memberlist:
     * none; each waits for its turn). Those who find it silent confirm within about a second; those who find it alive tell
     * it, so that it refutes at once. Raising it costs a ping and a stream each. 0: nobody, nor are suspects reminded. Default 3.
     */
    public ConfigBuilder secondOpinions(int value) {
        secondOpinions = range("secondOpinions", value, 0, 64);
        return this;
    }

    /**
     * How long a process may be gone: a suspect whose machine refuses connections to it, twice and half of this time apart,
     * is given up after this time if somebody else accuses it, too (memberlist waits as it does for a silent one). Below the
     * time of a restart, restarts are seen as failures. 0: a refusal counts as silence. Default 500 ms (WAN 3 s).
     */
    public ConfigBuilder goneTimeout(Duration value) {
        goneTimeout = nanos("goneTimeout", value, 0);
        return this;
    }

    /**
     * How often hot news is sent (memberlist {@code GossipInterval}). Lowering it spreads news sooner; while there is
     * no news, nothing is sent. Above zero. Default 200 ms (LAN), 500 ms (WAN), 100 ms (local).
     */
    public ConfigBuilder gossipInterval(Duration value) {
        gossipInterval = nanos("gossipInterval", value, 1);
        return this;
    }

    /**
     * How soon news is forwarded after it was heard, in rounds beside those of the {@linkplain #gossipInterval gossip
     * interval} (memberlist has none). As much is sent in all; what arrives within that time goes together. Raising it
     * spreads news later. 0: only at the interval. Default 1 ms (WAN 5 ms).
     */
    public ConfigBuilder forwardDelay(Duration value) {
        forwardDelay = nanos("forwardDelay", value, 0);
        return this;
    }

    /**
     * How many random members get each round of gossip (fan-out; memberlist {@code GossipNodes}). The number of
     * rounds falls with log(fan-out + 1), the packets rise with it. At least 1. Default 3 (WAN 4).
     */
    public ConfigBuilder gossipFanout(int value) {
        gossipFanout = range("gossipFanout", value, 1, 1000);
        return this;
    }

    /**
     * How long a dead member is still gossiped to, so that it can refute (memberlist {@code GossipToTheDeadTime}). 0:
     * not at all. Default 30 s (WAN 60 s, local 15 s).
     */
    public ConfigBuilder gossipToTheDead(Duration value) {
        gossipToTheDead = nanos("gossipToTheDead", value, 0);
        return this;
    }

    /**
     * Each update is sent retransmitMult × ceil(log10(n + 1)) times, at least gossipFanout, by every member that hears it
     * (SWIM's lambda; memberlist {@code RetransmitMult}). Raising it makes a miss rarer and costs packets. At least 1.
     * Default 4 (local 2).
     */
    public ConfigBuilder retransmitMult(int value) {
        retransmitMult = range("retransmitMult", value, 1, 1000);
        return this;
    }

    /**
     * Most bytes of a packet that we send, as UDP payload (memberlist {@code UDPBufferSize}). Larger than the
     * network's MTU means fragments, and one lost fragment loses all. 512 to 65,507. Default 1400.
     */
    public ConfigBuilder packetBytes(int value) {
        packetBytes = range("packetBytes", value, 512, 65_507);
        return this;
    }

    /**
     * How often one random member is asked for what is different, or for all if it is not ours; then, above 32 members, stretched by
     * ceil(log2 n - 5) + 1 (memberlist {@code PushPullInterval}). 0: only on join. Default 30 s (WAN 60 s, local
     * 15 s).
     */
    public ConfigBuilder pushPullInterval(Duration value) {
        pushPullInterval = nanos("pushPullInterval", value, 0);
        return this;
    }

    /**
     * Bound on a whole stream: connecting, asking and being answered (memberlist {@code TCPTimeout}). Above zero.
     * Default 10 s (WAN 30 s, local 1 s).
     */
    public ConfigBuilder streamTimeout(Duration value) {
        streamTimeout = nanos("streamTimeout", value, 1);
        return this;
    }

    /**
     * How often a push/pull with a random failed member is tried, with the probability failed / live, so that a long
     * partition heals by itself (Serf {@code ReconnectInterval}). 0: never. Default 30 s.
     */
    public ConfigBuilder reconnectInterval(Duration value) {
        reconnectInterval = nanos("reconnectInterval", value, 0);
        return this;
    }

    /** How long a failed member is remembered (Serf {@code ReconnectTimeout}). Above zero. Default 24 h. */
    public ConfigBuilder reapFailedAfter(Duration value) {
        reapFailedAfter = nanos("reapFailedAfter", value, 1);
        return this;
    }

    /** How long a member that left is remembered (Serf {@code TombstoneTimeout}). Above zero. Default 24 h. */
    public ConfigBuilder reapLeftAfter(Duration value) {
        reapLeftAfter = nanos("reapLeftAfter", value, 1);
        return this;
    }

    /**
     * Longest wait for each of the two steps of leaving: until the intent, then the farewell, has been sent to its
     * transmit limit (Serf {@code BroadcastTimeout}). Above zero. Default 5 s.
     */
    public ConfigBuilder leaveTimeout(Duration value) {
        leaveTimeout = nanos("leaveTimeout", value, 1);
        return this;
    }

    /**
     * The penalty, in thousandths of a flap, at which a member is damped: treated as failed until it has held still
     * (RFC 2439, cutoff threshold). A return from the dead that is no restart costs 1000, the refutation of a suspicion
     * that several shared 500. Lowering it sends a member that flaps away sooner. 0: nobody is damped, and accusers keep
     * their voice. 0 to 1,000,000. Default 2000.
     */
    public ConfigBuilder flapThreshold(int value) {
        flapThreshold = range("flapThreshold", value, 0, 1_000_000);
        return this;
    }

    /**
     * The penalty, in thousandths of a flap, at which a damped member is shown again (RFC 2439, reuse threshold). Lowering
     * it asks for longer stillness: the time is flapHalfLife × log2(penalty / flapReuse). Below {@link #flapThreshold}. 1
     * to 1,000,000. Default 750.
     */
    public ConfigBuilder flapReuse(int value) {
        flapReuse = range("flapReuse", value, 1, 1_000_000);
        return this;
    }

    /**
     * In so much time half of a penalty is forgotten (RFC 2439, decay half life). Raising it connects flaps that lie
     * further apart, and keeps away longer who flapped. Above zero. Default 2 min.
     */
    public ConfigBuilder flapHalfLife(Duration value) {
        flapHalfLife = nanos("flapHalfLife", value, 1);
        return this;
    }

    /**
     * Longest time that a damped member is kept away after its last flap: no penalty exceeds flapReuse × 2^(flapMaxHold /
     * flapHalfLife), or {@link #flapThreshold} if that is more (RFC 2439, maximum hold-down time). Above zero. Default 10
     * min.
     */
    public ConfigBuilder flapMaxHold(Duration value) {
        flapMaxHold = nanos("flapMaxHold", value, 1);
        return this;
    }

    /** Whether members are judged by their heartbeats instead of being probed, and how. Default: they are probed. */
    public ConfigBuilder heartbeats(HeartbeatConfig value) {
        heartbeats = value;
        return this;
    }

    /**
     * Most members that are remembered, dead ones included; a further one is counted and ignored. It bounds memory
     * against a flood of invented names. At least 2. Default 1,048,576.
     */
    public ConfigBuilder maxMembers(int value) {
        maxMembers = range("maxMembers", value, 2, 1 << 24);
        return this;
    }

    /** The configuration. @throws IllegalArgumentException if values contradict each other, naming them and the rule */
    public Config build() {
        if (probeTimeout >= protocolPeriod) {
            throw new IllegalArgumentException("probeTimeout " + Duration.ofNanos(probeTimeout)
                    + " must be below protocolPeriod " + Duration.ofNanos(protocolPeriod)
                    + ": the rest of the period is for the indirect pings");
        }
        if (flapThreshold != 0 && flapReuse >= flapThreshold) {
            throw new IllegalArgumentException("flapReuse " + flapReuse + " must be below flapThreshold "
                    + flapThreshold + ": a member is damped at the one and shown again at the other");
        }
        return new Config(new ConfigBuilder(this));
    }
}
