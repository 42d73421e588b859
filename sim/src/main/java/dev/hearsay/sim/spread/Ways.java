package dev.hearsay.sim.spread;

import dev.hearsay.core.Prng;
import dev.hearsay.sim.Latency;
import java.util.Arrays;

/** The network between the nodes: who is cut off from whom, and what becomes of each packet, by a hash of who has sent it to whom as which. */
final class Ways {
    /** Most partitions at a time: each is a bit of a number. */
    static final int MOST_PARTITIONS = 31;

    private static final long PAIR = 0xC2B2AE3D27D4EB4FL;
    private static final long LOSS = 0x165667B19E3779F9L;
    private static final long NUMBER = 0x27D4EB2F165667C5L;

    private final long seed;
    private final Latency latency;
    private final int[] sent;

    /** On which side of each partition a node is. */
    private final int[] sides;

    private int partitions;
    private long lossBelow;

    Ways(long seed, int nodes, Latency latency, double loss) {
        this.seed = seed;
        this.latency = latency;
        sent = new int[nodes];
        sides = new int[nodes];
        loss(loss);
    }

    /** From now on that share of packets is lost. */
    void loss(double share) {
        lossBelow = (long) (share * 0x1p32);
    }

    /** Nothing gets from these to the rest any more, nor back. */
    void partition(int[] nodes) {
        for (int node : nodes) {
            sides[node] |= 1 << partitions;
        }
        partitions++;
    }

    /** How many partitions there are. */
    int partitions() {
        return partitions;
    }

    void heal() {
        Arrays.fill(sides, 0);
        partitions = 0;
    }

    /** How long the next packet from one to the other takes, in nanoseconds; -1 if it is lost. */
    long nanos(int from, int to) {
        long pair = (long) from << Integer.SIZE | to;
        long fate = Prng.mix(Prng.mix(seed ^ pair * PAIR) + sent[from]++ * NUMBER);
        if (sides[from] != sides[to] || (lossBelow != 0 && Prng.mix(fate + LOSS) >>> 32 < lossBelow)) {
            return -1;
        }
        return latency.nanos(Prng.mix(fate));
    }
}
