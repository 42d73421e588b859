package dev.hearsay.core.detector;

import dev.hearsay.core.HeartbeatConfig;
import dev.hearsay.core.Message;

/**
 * How often heartbeats come in this cluster, and so how much silence means something. There are two explanations for the silence
 * of a member that lives: it is slow, as it was before ({@link PhiAccrual}), or by chance nobody has sent this node the
 * member's counter. Among m other members, if p packets of heartbeats with counters of k others in each reach this node in an
 * interval,
 *
 * <pre>
 *   P(none of them has the member's counter) = (1 - p/m) × (1 - p/m × min(1, k / (m - 1)))^(m - 1) = e^-rate
 *   phi of chance = rate × (silence - mean) / (interval × ln 10)
 * </pre>
 *
 * with the mean time from heartbeat to heartbeat: so long it takes until what comes is news. Times from heartbeat to heartbeat are not normal where chance decides: their tail falls by the same factor in each interval. A
 * member is suspicious only as far as neither explains its silence: phi is the smaller of the two. Both p and k are measured,
 * so that packets that get lost, and members that are configured otherwise, count as they should.
 */
final class Rhythm {
    private static final double LN_10 = StrictMath.log(10);

    /** Measures are means over about so many intervals. */
    private static final int MEMORY = 64;

    /** Of the counters that arrive so many are newer than what is known, where not all come each interval. */
    private static final double NEW = 0.4;

    private final HeartbeatConfig settings;
    private final long interval;
    private final long acceptablePause;
    private final long leastDeviation;
    private final long timeout;
    private final int subset;
    private final double deviations;

    private int intervals;
    private int packetsNow;
    private int countersNow;

    /** Intervals without any packet since the last one came: they count when that silence has ended. */
    private int silent;

    private boolean outage;

    /** In an interval. */
    private double packets;

    /** Of others, in all packets of an interval. */
    private double counters;

    /** Per interval; infinite if chance plays no part. */
    private double rate = Double.POSITIVE_INFINITY;

    /** The least silence that chance does not explain, beyond the mean. */
    private long chance;

    Rhythm(HeartbeatConfig settings) {
        this.settings = settings;
        this.interval = settings.interval().toNanos();
        this.acceptablePause = settings.acceptablePause().toNanos();
        this.leastDeviation = settings.leastDeviation().toNanos();
        this.timeout = settings.timeout().toNanos();
        this.subset = settings.subsetBytes() / Message.Beat.BYTES;
        this.deviations = PhiAccrual.deviations(settings.threshold());
    }

    /** In nanoseconds. */
    long interval() {
        return interval;
    }

    /** The counters of so many others are in a packet. */
    int subset() {
        return subset;
    }

    /** A packet with counters of so many others has arrived. */
    void packet(int ofOthers) {
        packetsNow++;
        countersNow += ofOthers;
    }

    /**
     * The silence of all has led to a suspicion: it was no rhythm, and does not count when it ends. A node that took it for one
     * would bear the longer a silence the longer it lasts, and never suspect anybody.
     */
    void outage() {
        outage = true;
    }

    /**
     * An interval is over.
     *
     * @param others how many other members take part
     * @param counts whether what arrived says something: not if this node was away
     * @return whether any packet has arrived
     */
    boolean next(int others, boolean counts) {
        boolean any = packetsNow > 0;
        if (any) {
            for (int i = 0; i < silent && !outage; i++) {
                measure(0, 0);
            }
            silent = 0;
            outage = false;
        }
        if (counts && any) {
            measure(packetsNow, countersNow);
        } else if (counts) {
            silent = Math.min(MEMORY, silent + 1);
        }
        packetsNow = 0;
        countersNow = 0;
        rate = packets == 0 ? Double.POSITIVE_INFINITY : rate(others, packets, counters / packets);
        chance = (long) Math.ceil(settings.threshold() * LN_10 / rate * interval);
        return any;
    }

    private void measure(int packetsThen, int countersThen) {
        intervals = Math.min(MEMORY, intervals + 1);
        packets += (packetsThen - packets) / intervals;
        counters += (countersThen - counters) / intervals;
    }

    /** See above; infinite if everybody sends to everybody, or there is nobody. */
    static double rate(int others, double packets, double subset) {
        if (others <= packets) {
            return Double.POSITIVE_INFINITY;
        }
        double chosen = packets / others;
        double told = others == 1 ? 0 : chosen * Math.min(1, subset / (others - 1));
        return -StrictMath.log(1 - chosen) - (others - 1) * StrictMath.log(1 - told);
    }

    /** The habit of a member that has just come: what may be expected of anybody. */
    PhiAccrual habit() {
        return new PhiAccrual(settings.window(), (long) (interval / Math.min(1, NEW * rate)));
    }

    /** After so many nanoseconds of silence a member with that habit is suspected. */
    long limit(PhiAccrual habit) {
        return timeout != 0
                ? timeout
                : Math.max(chance + (long) habit.mean(), habit.limit(deviations, acceptablePause, leastDeviation));
    }

    /** How suspicious so much silence is. */
    double phi(PhiAccrual habit, long silence) {
        double unusual = habit.phi(silence, acceptablePause, leastDeviation);
        double since = Math.max(0, (double) silence - habit.mean());
        return Double.isInfinite(rate) ? unusual : Math.min(unusual, rate / LN_10 * since / interval);
    }
}
