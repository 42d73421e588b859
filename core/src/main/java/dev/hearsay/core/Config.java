package dev.hearsay.core;

import java.time.Duration;

/**
 * How a node behaves. Immutable; made from a preset, changed through {@link #toBuilder()}.
 *
 * <p>The presets carry memberlist's numbers. {@link #lan()} is the base; {@link #wan()} and {@link #local()} say only
 * what is different. What each field means, what raising it costs and what zero does is documented on the
 * {@link Builder} method that sets it.
 */
public final class Config {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Builder values;

    private Config(Builder values) {
        this.values = values;
    }

    /** For members on one network: round trips of a few milliseconds. memberlist's {@code DefaultLANConfig}. */
    public static Config lan() {
        return new Builder().build();
    }

    /** For members across regions: round trips up to a second. memberlist's {@code DefaultWANConfig}. */
    public static Config wan() {
        return new Builder()
                .protocolPeriod(Duration.ofSeconds(5))
                .probeTimeout(Duration.ofSeconds(3))
                .suspicionMult(6)
                .pushPullInterval(Duration.ofSeconds(60))
                .gossipInterval(Duration.ofMillis(500))
                .gossipFanout(4)
                .gossipToTheDead(Duration.ofSeconds(60))
                .streamTimeout(Duration.ofSeconds(30))
                .build();
    }

    /** For members on one machine. memberlist's {@code DefaultLocalConfig}. */
    public static Config local() {
        return new Builder()
                .probeTimeout(Duration.ofMillis(200))
                .indirectProbes(1)
                .retransmitMult(2)
                .suspicionMult(3)
                .pushPullInterval(Duration.ofSeconds(15))
                .gossipInterval(Duration.ofMillis(100))
                .gossipToTheDead(Duration.ofSeconds(15))
                .streamTimeout(Duration.ofSeconds(1))
                .build();
    }

    /** A builder that starts with the values of this configuration. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** Nanoseconds; see {@link Builder#protocolPeriod}. */
    public long protocolPeriodNanos() {
        return values.protocolPeriod;
    }

    /** Nanoseconds; see {@link Builder#probeTimeout}. */
    public long probeTimeoutNanos() {
        return values.probeTimeout;
    }

    /** See {@link Builder#indirectProbes}. */
    public int indirectProbes() {
        return values.indirectProbes;
    }

    /** See {@link Builder#streamProbes}. */
    public boolean streamProbes() {
        return values.streamProbes;
    }

    /** See {@link Builder#healthMax}. */
    public int healthMax() {
        return values.healthMax;
    }

    /** See {@link Builder#suspicionMult}. */
    public int suspicionMult() {
        return values.suspicionMult;
    }

    /** See {@link Builder#suspicionMaxMult}. */
    public int suspicionMaxMult() {
        return values.suspicionMaxMult;
    }

    /** Nanoseconds; see {@link Builder#gossipInterval}. */
    public long gossipIntervalNanos() {
        return values.gossipInterval;
    }

    /** See {@link Builder#gossipFanout}. */
    public int gossipFanout() {
        return values.gossipFanout;
    }

    /** Nanoseconds; see {@link Builder#gossipToTheDead}. */
    public long gossipToTheDeadNanos() {
        return values.gossipToTheDead;
    }

    /** See {@link Builder#retransmitMult}. */
    public int retransmitMult() {
        return values.retransmitMult;
    }

    /** Bytes; see {@link Builder#packetBytes}. */
    public int packetBytes() {
        return values.packetBytes;
    }

    /** Nanoseconds; see {@link Builder#pushPullInterval}. */
    public long pushPullIntervalNanos() {
        return values.pushPullInterval;
    }

    /** Nanoseconds; see {@link Builder#streamTimeout}. */
    public long streamTimeoutNanos() {
        return values.streamTimeout;
    }

    /** Nanoseconds; see {@link Builder#reconnectInterval}. */
    public long reconnectIntervalNanos() {
        return values.reconnectInterval;
    }

    /** Nanoseconds; see {@link Builder#reapFailedAfter}. */
    public long reapFailedAfterNanos() {
        return values.reapFailedAfter;
    }

    /** Nanoseconds; see {@link Builder#reapLeftAfter}. */
    public long reapLeftAfterNanos() {
        return values.reapLeftAfter;
    }

    /** Nanoseconds; see {@link Builder#leaveTimeout}. */
    public long leaveTimeoutNanos() {
        return values.leaveTimeout;
    }

    /** See {@link Builder#maxMembers}. */
    public int maxMembers() {
        return values.maxMembers;
    }

    /** Collects values; {@link #build()} checks them together. Not thread-safe. */
    public static final class Builder {
        private long protocolPeriod = Duration.ofSeconds(1).toNanos();
        private long probeTimeout = Duration.ofMillis(500).toNanos();
        private int indirectProbes = 3;
        private boolean streamProbes = true;
        private int healthMax = 8;
        private int suspicionMult = 4;
        private int suspicionMaxMult = 6;
        private long gossipInterval = Duration.ofMillis(200).toNanos();
        private int gossipFanout = 3;
        private long gossipToTheDead = Duration.ofSeconds(30).toNanos();
        private int retransmitMult = 4;
        private int packetBytes = 1400;
        private long pushPullInterval = Duration.ofSeconds(30).toNanos();
        private long streamTimeout = Duration.ofSeconds(10).toNanos();
        private long reconnectInterval = Duration.ofSeconds(30).toNanos();
        private long reapFailedAfter = Duration.ofHours(24).toNanos();
        private long reapLeftAfter = Duration.ofHours(24).toNanos();
        private long leaveTimeout = Duration.ofSeconds(5).toNanos();
        private int maxMembers = 1 << 20;

        private Builder() {}

        private Builder(Builder from) {
            protocolPeriod = from.protocolPeriod;
            probeTimeout = from.probeTimeout;
            indirectProbes = from.indirectProbes;
            streamProbes = from.streamProbes;
            healthMax = from.healthMax;
            suspicionMult = from.suspicionMult;
            suspicionMaxMult = from.suspicionMaxMult;
            gossipInterval = from.gossipInterval;
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
            maxMembers = from.maxMembers;
        }

        /**
         * One member is probed each period (SWIM's T'; memberlist {@code ProbeInterval}). Raising it saves traffic and
         * delays detection in proportion: a crash is first noticed after 1.58 periods on average. A node in bad health
         * stretches its own period ({@link #healthMax}). Above zero. Default 1 s (LAN), 5 s (WAN).
         */
        public Builder protocolPeriod(Duration value) {
            protocolPeriod = nanos("protocolPeriod", value, 1);
            return this;
        }

        /**
         * How long a direct ping may stay unanswered before others are asked (memberlist {@code ProbeTimeout}). Choose
         * about the 99th percentile of the round trip. Below {@link #protocolPeriod}: the rest of the period is for the
         * indirect pings. Default 500 ms (LAN), 3 s (WAN), 200 ms (local).
         */
        public Builder probeTimeout(Duration value) {
            probeTimeout = nanos("probeTimeout", value, 1);
            return this;
        }

        /**
         * How many members are asked to ping one that is silent (SWIM's k; memberlist {@code IndirectChecks}). Each costs
         * four packets per failed direct ping and divides false suspicions under loss. 0: nobody is asked. Default 3
         * (local 1).
         */
        public Builder indirectProbes(int value) {
            indirectProbes = range("indirectProbes", value, 0, 64);
            return this;
        }

        /**
         * Whether a silent member is also pinged over TCP, beside the indirect pings (memberlist {@code
         * DisableTcpPings}, inverted). It keeps members behind a network that drops UDP, and a refused connection ends
         * the probe early: the process is gone. Default true.
         */
        public Builder streamProbes(boolean value) {
            streamProbes = value;
            return this;
        }

        /**
         * Bound of the local health score, exclusive (Lifeguard; memberlist {@code AwarenessMaxMultiplier}). A node with
         * score s stretches its protocol period to (s + 1) times. 1: never stretched. Default 8.
         */
        public Builder healthMax(int value) {
            healthMax = range("healthMax", value, 1, 64);
            return this;
        }

        /**
         * How long a suspect has to refute: suspicionMult × max(1, log10 n) × {@link #protocolPeriod} with every
         * confirmation in, {@link #suspicionMaxMult} times that with none (memberlist {@code SuspicionMult}). Raising it
         * delays detection and saves members that were only slow. At least 1. Default 4 (WAN 6, local 3).
         */
        public Builder suspicionMult(int value) {
            suspicionMult = range("suspicionMult", value, 1, 1000);
            return this;
        }

        /**
         * How many times the minimum a suspicion may last while nobody confirms it (Lifeguard's beta; memberlist {@code
         * SuspicionMaxTimeoutMult}). 1 switches Lifeguard's patience off. Default 6.
         */
        public Builder suspicionMaxMult(int value) {
            suspicionMaxMult = range("suspicionMaxMult", value, 1, 1000);
            return this;
        }

        /**
         * How often hot news is sent (memberlist {@code GossipInterval}). Lowering it spreads news sooner; while there is
         * no news, nothing is sent. Above zero. Default 200 ms (LAN), 500 ms (WAN), 100 ms (local).
         */
        public Builder gossipInterval(Duration value) {
            gossipInterval = nanos("gossipInterval", value, 1);
            return this;
        }

        /**
         * How many random members get each round of gossip (fan-out; memberlist {@code GossipNodes}). The number of
         * rounds falls with log(fan-out + 1), the packets rise with it. At least 1. Default 3 (WAN 4).
         */
        public Builder gossipFanout(int value) {
            gossipFanout = range("gossipFanout", value, 1, 1000);
            return this;
        }

        /**
         * How long a dead member is still gossiped to, so that it can refute (memberlist {@code GossipToTheDeadTime}). 0:
         * not at all. Default 30 s (WAN 60 s, local 15 s).
         */
        public Builder gossipToTheDead(Duration value) {
            gossipToTheDead = nanos("gossipToTheDead", value, 0);
            return this;
        }

        /**
         * Each update is sent retransmitMult × ceil(log10(n + 1)) times by every member that hears it (SWIM's lambda;
         * memberlist {@code RetransmitMult}). Raising it makes a miss rarer and costs packets. At least 1. Default 4
         * (local 2).
         */
        public Builder retransmitMult(int value) {
            retransmitMult = range("retransmitMult", value, 1, 1000);
            return this;
        }

        /**
         * Most bytes of a packet that we send, as UDP payload (memberlist {@code UDPBufferSize}). Larger than the
         * network's MTU means fragments, and one lost fragment loses all. 512 to 65,507. Default 1400.
         */
        public Builder packetBytes(int value) {
            packetBytes = range("packetBytes", value, 512, 65_507);
            return this;
        }

        /**
         * How often the whole member list is exchanged with one random member; stretched in clusters above 32 members by
         * ceil(log2 n - 5) + 1 (memberlist {@code PushPullInterval}). 0: only on join. Default 30 s (WAN 60 s, local
         * 15 s).
         */
        public Builder pushPullInterval(Duration value) {
            pushPullInterval = nanos("pushPullInterval", value, 0);
            return this;
        }

        /**
         * Bound on a whole stream: connecting, asking and being answered (memberlist {@code TCPTimeout}). Above zero.
         * Default 10 s (WAN 30 s, local 1 s).
         */
        public Builder streamTimeout(Duration value) {
            streamTimeout = nanos("streamTimeout", value, 1);
            return this;
        }

        /**
         * How often a push/pull with a random failed member is tried, with the probability failed / live, so that a long
         * partition heals by itself (Serf {@code ReconnectInterval}). 0: never. Default 30 s.
         */
        public Builder reconnectInterval(Duration value) {
            reconnectInterval = nanos("reconnectInterval", value, 0);
            return this;
        }

        /** How long a failed member is remembered (Serf {@code ReconnectTimeout}). Above zero. Default 24 h. */
        public Builder reapFailedAfter(Duration value) {
            reapFailedAfter = nanos("reapFailedAfter", value, 1);
            return this;
        }

        /** How long a member that left is remembered (Serf {@code TombstoneTimeout}). Above zero. Default 24 h. */
        public Builder reapLeftAfter(Duration value) {
            reapLeftAfter = nanos("reapLeftAfter", value, 1);
            return this;
        }

        /**
         * Longest wait for each of the two steps of leaving: until the intent, then the farewell, has been sent to its
         * transmit limit (Serf {@code BroadcastTimeout}). Above zero. Default 5 s.
         */
        public Builder leaveTimeout(Duration value) {
            leaveTimeout = nanos("leaveTimeout", value, 1);
            return this;
        }

        /**
         * Most members that are remembered, dead ones included; a further one is counted and ignored. It bounds memory
         * against a flood of invented names. At least 2. Default 1,048,576.
         */
        public Builder maxMembers(int value) {
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
            return new Config(new Builder(this));
        }

        private static long nanos(String field, Duration value, long least) {
            if (value.compareTo(LONGEST) > 0 || value.isNegative() || value.toNanos() < least) {
                throw new IllegalArgumentException(field + " " + value + " is out of range: must be "
                        + (least == 0 ? "0 or more" : "above 0") + " and at most 3650 days");
            }
            return value.toNanos();
        }

        private static int range(String field, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        field + " " + value + " is out of range: must be " + least + " to " + most);
            }
            return value;
        }
    }
}
