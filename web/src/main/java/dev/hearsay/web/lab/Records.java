package dev.hearsay.web.lab;

import java.util.Arrays;

/** What has happened, for a page: numbers in one array, {@value #STRIDE} for each thing. docs/lab.md has their meaning. */
final class Records {
    /** Numbers of a record: kind, milliseconds, and four that depend on the kind. */
    static final int STRIDE = 6;

    /** Most records that may be asked for at a time. What happens at one moment is not torn apart, so that some more may come. */
    static final int MOST = 1_000_000;

    static final int PROCESS = 0;
    static final int RUMOR = 1;
    static final int BELIEF = 2;
    static final int PACKET = 3;

    private static final int FIRST_CAPACITY = 1024;
    private static final double NANOS_PER_MILLI = 1e6;

    private double[] values = new double[FIRST_CAPACITY * STRIDE];
    private int count;

    /** How many there are. */
    int count() {
        return count;
    }

    void process(double nanos, int node, int state) {
        add(PROCESS, nanos, node, state, 0, 0);
    }

    void rumor(double nanos, int node, int standing, int source) {
        add(RUMOR, nanos, node, standing, source, 0);
    }

    void belief(double nanos, int observer, int member, int belief, int accuser) {
        add(BELIEF, nanos, observer, member, belief, accuser);
    }

    /** A packet that arrives at that time; below 0 if it is lost. */
    void packet(double nanos, int from, int to, double arrives, int type) {
        add(PACKET, nanos, from, to, arrives < 0 ? -1 : arrives / NANOS_PER_MILLI, type);
    }

    /** All that there are, and then there are none any more. */
    double[] take() {
        double[] taken = Arrays.copyOf(values, count * STRIDE);
        count = 0;
        return taken;
    }

    private void add(int kind, double nanos, double a, double b, double c, double d) {
        int at = count * STRIDE;
        if (at == values.length) {
            values = Arrays.copyOf(values, at * 2);
        }
        values[at] = kind;
        values[at + 1] = nanos / NANOS_PER_MILLI;
        values[at + 2] = a;
        values[at + 3] = b;
        values[at + 4] = c;
        values[at + 5] = d;
        count++;
    }
}
