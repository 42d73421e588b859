package dev.hearsay.sim.spread;

import dev.hearsay.sim.Latency;
import java.util.Arrays;

/** The network between the nodes: who is cut off from whom, and what becomes of each packet, by a hash of who has sent it to whom as which. */
final class Ways {
    /** Most partitions at a time: each is a bit of a number. */
    static final int MOST_PARTITIONS = 31;

    private static final int LOSS = 0x9E3779F9;
    private static final double ALL = 0x1p32;

    private final int seed;
    private final int more;
    private final Latency latency;
    private final int[] sent;

    /** On which side of each partition a node is. */
    private final int[] sides;

    private int partitions;
    private double lossBelow;

    Ways(long seed, int nodes, Latency latency, double loss) {
        this.seed = (int) seed;
        this.more = (int) (seed >>> Integer.SIZE);
        this.latency = latency;
        sent = new int[nodes];
        sides = new int[nodes];
        loss(loss);
    }

    /** From now on that share of packets is lost. */
    void loss(double share) {
        lossBelow = share * ALL;
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
        int fate = mixed(mixed(mixed(seed ^ from) ^ to) + sent[from]++);
        if (sides[from] != sides[to] || (lossBelow > 0 && share(mixed(fate ^ LOSS)) < lossBelow)) {
            return -1;
        }
        return latency.nanos(((long) mixed(fate ^ more) << Integer.SIZE) ^ fate);
    }

    /** The bits as a number from 0 to below 2^32. */
    private static double share(int bits) {
        return bits < 0 ? bits + ALL : bits;
    }

    /** A bijective scramble of 32 bits (MurmurHash3's finaliser, Appleby 2011): a browser computes with these many times faster than with 64. */
    private static int mixed(int bits) {
        int z = (bits ^ bits >>> 16) * 0x85EBCA6B;
        z = (z ^ z >>> 13) * 0xC2B2AE35;
        return z ^ z >>> 16;
    }
}
