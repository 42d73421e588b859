package dev.hearsay.experiment.run;

import dev.hearsay.core.Config;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which members are well: up, with no fault on them, and the last one over for as long as the longest suspicion lasts. Who tells one of
 * these failed is wrong; who tells of another may only be late.
 */
final class Wellness {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long DOWN = Long.MAX_VALUE;

    private final int[] faults;
    private final long[] lastOver;
    private final long[] startedAt;
    private final long grace;

    Wellness(int members, Config config) {
        faults = new int[members];
        lastOver = new long[members];
        startedAt = new long[members];
        Arrays.fill(lastOver, NEVER);
        grace = grace(config, members);
    }

    /** How long the longest suspicion among so many lasts, in nanoseconds. */
    static long grace(Config config, int members) {
        int digits = Integer.toString(members).length();
        return config.protocolPeriodNanos() * config.suspicionMult() * config.suspicionMaxMult() * digits;
    }

    long grace() {
        return grace;
    }

    /** A fault begins that concerns these. */
    void touch(BitSet members) {
        members.stream().forEach(member -> faults[member]++);
    }

    /** It is over. */
    void release(BitSet members, long now) {
        members.stream().forEach(member -> {
            faults[member]--;
            lastOver[member] = now;
        });
    }

    /** Its process has ended. */
    void down(int member) {
        startedAt[member] = DOWN;
    }

    /** A process begins there. */
    void up(int member, long now) {
        startedAt[member] = now;
        lastOver[member] = now;
    }

    boolean isUp(int member) {
        return startedAt[member] != DOWN;
    }

    /** Whether its process has run since that moment. */
    boolean upSince(int member, long moment) {
        return startedAt[member] <= moment;
    }

    boolean well(int member, long now) {
        return isUp(member) && faults[member] == 0 && (lastOver[member] == NEVER || now - lastOver[member] > grace);
    }
}
