package dev.hearsay.sim;

import dev.hearsay.core.Prng;
import java.util.Arrays;

/** A {@link Network} in use, from one zone to another or everywhere: its shares as thresholds, and what waits in uplinks. */
final class Path {
    private static final long LOSS = 0x9E3779B97F4A7C15L;
    private static final long TWICE = 0x3C6EF372FE94F82AL;
    private static final long SECOND_WAY = 0xDAA66D2C7DDF743FL;
    private static final long LATER = 0xA54FF53A5F1D36F1L;
    private static final long HOW_MUCH_LATER = 0x510E527FADE682D1L;
    private static final long CORRUPTED = 0x9B05688C2B3E6C1FL;
    private static final long WHICH_BITS = 0x1F83D9ABFB41BD6BL;

    private Network network;
    private long lossBelow;
    private long twiceBelow;
    private long laterBelow;
    private long corruptedBelow;

    // By the index of the sender: when all that its uplink has been given will have left it.
    private long[] packetsLeft = {};
    private long[] streamsLeft = {};

    Path(Network network) {
        this.network = network;
        become(network);
    }

    Network network() {
        return network;
    }

    void become(Network next) {
        network = next;
        lossBelow = threshold(next.loss());
        twiceBelow = threshold(next.duplication());
        laterBelow = threshold(next.reordering());
        corruptedBelow = threshold(next.corruption());
    }

    /** A share of all numbers below 2^32. */
    static long threshold(double share) {
        return (long) (share * 0x1p32);
    }

    boolean lost(long fate) {
        return lossBelow != 0 && Prng.mix(fate + LOSS) >>> 32 < lossBelow;
    }

    boolean twice(long fate) {
        return twiceBelow != 0 && Prng.mix(fate + TWICE) >>> 32 < twiceBelow;
    }

    boolean corrupted(long fate) {
        return corruptedBelow != 0 && Prng.mix(fate + CORRUPTED) >>> 32 < corruptedBelow;
    }

    /** What decides which bits of a packet are flipped. */
    static long whichBits(long fate) {
        return Prng.mix(fate + WHICH_BITS);
    }

    /** How long a stream's data takes one way. */
    long latency(long fate) {
        return network.latency().nanos(Prng.mix(fate));
    }

    /** How long a packet takes. */
    long packetLatency(long fate) {
        return latency(fate) + later(fate);
    }

    /** How long the second copy of a packet takes. */
    long secondLatency(long fate) {
        return network.latency().nanos(Prng.mix(fate + SECOND_WAY)) + later(fate + SECOND_WAY);
    }

    private long later(long fate) {
        return laterBelow != 0 && Prng.mix(fate + LATER) >>> 32 < laterBelow
                ? network.reorderBy().nanos(Prng.mix(fate + HOW_MUCH_LATER))
                : 0;
    }

    /** Whether uplinks carry only so much. */
    boolean limited() {
        return network.bandwidth() != 0;
    }

    /** How long a packet of that length takes from now until it has left the sender's uplink; -1 if there is no room for it. */
    long uplink(int sender, int bytes, long now) {
        packetsLeft = with(packetsLeft, sender);
        long waits = Math.max(0, packetsLeft[sender] - now);
        long takes = waits + nanos(bytes);
        if (waits > 0 && takes > nanos(network.queueBytes())) {
            return -1;
        }
        packetsLeft[sender] = now + takes;
        return takes;
    }

    /**
     * How long data of that length takes from now until the sender's uplink has carried it: one stream's after the other's.
     * -1 if that is longer than anybody waits: then it takes no room.
     */
    long streamUplink(int sender, long bytes, long now, long patience) {
        streamsLeft = with(streamsLeft, sender);
        long takes = Math.max(0, streamsLeft[sender] - now) + nanos(bytes);
        if (takes > patience) {
            return -1;
        }
        streamsLeft[sender] = now + takes;
        return takes;
    }

    /** How many bytes of packets have not left the sender's uplink yet. */
    long queued(int sender, long now) {
        if (!limited() || sender >= packetsLeft.length || packetsLeft[sender] <= now) {
            return 0;
        }
        long nanos = packetsLeft[sender] - now;
        long seconds = nanos / 1_000_000_000L;
        return seconds * network.bandwidth()
                + (long) Math.ceil(nanos % 1_000_000_000L * (double) network.bandwidth() / 1e9);
    }

    private long nanos(long bytes) {
        return bytes * 1_000_000_000L / network.bandwidth();
    }

    private static long[] with(long[] times, int sender) {
        return sender < times.length ? times : Arrays.copyOf(times, Math.max(sender + 1, times.length * 2));
    }
}
