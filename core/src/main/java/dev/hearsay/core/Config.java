package dev.hearsay.core;

import java.time.Duration;

/**
 * How a node behaves. Immutable; made from a preset, changed through {@link #toBuilder()}.
 *
 * <p>The presets carry memberlist's numbers but for the failure detector's. {@link #lan()} is the base; {@link #wan()} and {@link #local()} say only
 * what is different. What each field means, what raising it costs and what zero does is documented on the
 * {@link ConfigBuilder} method that sets it.
 */
public final class Config {
    private final ConfigBuilder values;

    Config(ConfigBuilder values) {
        this.values = values;
    }

    /** For members on one network: round trips of a few milliseconds. memberlist's {@code DefaultLANConfig}. */
    public static Config lan() {
        return new ConfigBuilder().build();
    }

    /** For members across regions: round trips up to a second. memberlist's {@code DefaultWANConfig}. */
    public static Config wan() {
        return new ConfigBuilder()
                .protocolPeriod(Duration.ofSeconds(5))
                .probeTimeout(Duration.ofSeconds(3))
                .probeTimeoutFloor(Duration.ofMillis(500))
                .suspicionMult(6)
                .goneTimeout(Duration.ofSeconds(3))
                .pushPullInterval(Duration.ofSeconds(60))
                .gossipInterval(Duration.ofMillis(500))
                .forwardDelay(Duration.ofMillis(5))
                .gossipFanout(4)
                .gossipToTheDead(Duration.ofSeconds(60))
                .streamTimeout(Duration.ofSeconds(30))
                .build();
    }

    /** For members on one machine. memberlist's {@code DefaultLocalConfig}. */
    public static Config local() {
        return new ConfigBuilder()
                .probeTimeout(Duration.ofMillis(200))
                .indirectProbes(1)
                .retransmitMult(2)
                .pushPullInterval(Duration.ofSeconds(15))
                .gossipInterval(Duration.ofMillis(100))
                .gossipToTheDead(Duration.ofSeconds(15))
                .streamTimeout(Duration.ofSeconds(1))
                .build();
    }

    /**
     * {@link #lan()} with a failure detector that does what memberlist's does by default, Lifeguard included: fixed timeouts,
     * its suspicion, no second opinions, no measured health, and a refusal weighs no more than silence. For comparisons. With
     * {@code healthMax} 1, {@code suspicionMaxMult} 1, {@code confirmations} 0 and no {@code buddySystem} it is SWIM.
     */
    public static Config memberlist() {
        return new ConfigBuilder()
                .measuredHealth(false)
                .probeTimeoutFloor(Duration.ZERO)
                .suspicionMult(4)
                .confirmations(2)
                .secondOpinions(0)
                .goneTimeout(Duration.ZERO)
                .build();
    }

    /** A builder that starts with the values of this configuration. */
    public ConfigBuilder toBuilder() {
        return new ConfigBuilder(values);
    }

    /** Nanoseconds; see {@link ConfigBuilder#protocolPeriod}. */
    public long protocolPeriodNanos() {
        return values.protocolPeriod;
    }

    /** Nanoseconds; see {@link ConfigBuilder#probeTimeout}. */
    public long probeTimeoutNanos() {
        return values.probeTimeout;
    }

    /** Nanoseconds; see {@link ConfigBuilder#probeTimeoutFloor}. */
    public long probeTimeoutFloorNanos() {
        return values.probeTimeoutFloor;
    }

    /** See {@link ConfigBuilder#indirectProbes}. */
    public int indirectProbes() {
        return values.indirectProbes;
    }

    /** See {@link ConfigBuilder#streamProbes}. */
    public boolean streamProbes() {
        return values.streamProbes;
    }

    /** See {@link ConfigBuilder#guards}. */
    public int guards() {
        return values.guards;
    }

    /** See {@link ConfigBuilder#healthMax}. */
    public int healthMax() {
        return values.healthMax;
    }

    /** See {@link ConfigBuilder#measuredHealth}. */
    public boolean measuredHealth() {
        return values.measuredHealth;
    }

    /** See {@link ConfigBuilder#buddySystem}. */
    public boolean buddySystem() {
        return values.buddySystem;
    }

    /** See {@link ConfigBuilder#suspicionMult}. */
    public int suspicionMult() {
        return values.suspicionMult;
    }

    /** See {@link ConfigBuilder#suspicionMaxMult}. */
    public int suspicionMaxMult() {
        return values.suspicionMaxMult;
    }

    /** See {@link ConfigBuilder#confirmations}. */
    public int confirmations() {
        return values.confirmations;
    }

    /** See {@link ConfigBuilder#secondOpinions}. */
    public int secondOpinions() {
        return values.secondOpinions;
    }

    /** Nanoseconds; see {@link ConfigBuilder#goneTimeout}. */
    public long goneTimeoutNanos() {
        return values.goneTimeout;
    }

    /** Nanoseconds; see {@link ConfigBuilder#gossipInterval}. */
    public long gossipIntervalNanos() {
        return values.gossipInterval;
    }

    /** Nanoseconds; see {@link ConfigBuilder#forwardDelay}. */
    public long forwardDelayNanos() {
        return values.forwardDelay;
    }

    /** See {@link ConfigBuilder#gossipFanout}. */
    public int gossipFanout() {
        return values.gossipFanout;
    }

    /** Nanoseconds; see {@link ConfigBuilder#gossipToTheDead}. */
    public long gossipToTheDeadNanos() {
        return values.gossipToTheDead;
    }

    /** See {@link ConfigBuilder#retransmitMult}. */
    public int retransmitMult() {
        return values.retransmitMult;
    }

    /** Bytes; see {@link ConfigBuilder#packetBytes}. */
    public int packetBytes() {
        return values.packetBytes;
    }

    /** Nanoseconds; see {@link ConfigBuilder#pushPullInterval}. */
    public long pushPullIntervalNanos() {
        return values.pushPullInterval;
    }

    /** Nanoseconds; see {@link ConfigBuilder#streamTimeout}. */
    public long streamTimeoutNanos() {
        return values.streamTimeout;
    }

    /** Nanoseconds; see {@link ConfigBuilder#reconnectInterval}. */
    public long reconnectIntervalNanos() {
        return values.reconnectInterval;
    }

    /** Nanoseconds; see {@link ConfigBuilder#reapFailedAfter}. */
    public long reapFailedAfterNanos() {
        return values.reapFailedAfter;
    }

    /** Nanoseconds; see {@link ConfigBuilder#reapLeftAfter}. */
    public long reapLeftAfterNanos() {
        return values.reapLeftAfter;
    }

    /** Nanoseconds; see {@link ConfigBuilder#leaveTimeout}. */
    public long leaveTimeoutNanos() {
        return values.leaveTimeout;
    }

    /** Thousandths of a flap; see {@link ConfigBuilder#flapThreshold}. */
    public int flapThreshold() {
        return values.flapThreshold;
    }

    /** Thousandths of a flap; see {@link ConfigBuilder#flapReuse}. */
    public int flapReuse() {
        return values.flapReuse;
    }

    /** Nanoseconds; see {@link ConfigBuilder#flapHalfLife}. */
    public long flapHalfLifeNanos() {
        return values.flapHalfLife;
    }

    /** Nanoseconds; see {@link ConfigBuilder#flapMaxHold}. */
    public long flapMaxHoldNanos() {
        return values.flapMaxHold;
    }

    /** See {@link ConfigBuilder#heartbeats}. */
    public HeartbeatConfig heartbeats() {
        return values.heartbeats;
    }

    /** See {@link ConfigBuilder#maxMembers}. */
    public int maxMembers() {
        return values.maxMembers;
    }
}
