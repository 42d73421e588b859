package dev.hearsay.sim.epidemic;

/**
 * What the papers say in closed form, or as a recurrence, about gossip among members who can all reach each other. Where a
 * bound is "+ O(1)" or "+ O(log log n)", the method says which terms it has; what is left out is about one round.
 *
 * <p>Throughout, {@code n} is the number of members, 2 or more; {@code fanout} how many partners each member calls in a round,
 * 1 or more; {@code loss} the share of messages that do not arrive, from 0 to below 1. Anything else is an
 * {@link IllegalArgumentException}.
 */
public final class Theory {
    /** How far {@link #pushInTime} goes. */
    public static final int MOST_INTERVALS = 200;

    private Theory() {}

    /**
     * How many members are expected to be informed after each round of push: in a round every informed member sends to
     * {@code fanout} others, all different, chosen at random. The recurrence takes the expected number of one round for the
     * real one of the next, so that with loss, where chance decides how soon the first members pass it on, it is up to a round
     * early.
     *
     * @param rounds 0 or more
     * @return {@code rounds + 1} numbers from 1 to {@code n}; the first, before any round, is 1
     */
    public static double[] pushCurve(int n, int fanout, double loss, int rounds) {
        check(n, fanout, loss);
        if (rounds < 0) {
            throw new IllegalArgumentException("rounds " + rounds + " must not be negative");
        }
        double[] informed = new double[rounds + 1];
        informed[0] = 1;
        double missedByOne = 1 - StrictMath.min(fanout, n - 1) * (1 - loss) / (n - 1);
        for (int round = 1; round <= rounds; round++) {
            double before = informed[round - 1];
            informed[round] = n - (n - before) * StrictMath.pow(missedByOne, before);
        }
        return informed;
    }

    /**
     * Push in time, where members do not march in step: whoever is informed sends to {@code fanout} others one {@code interval} later, and again after each further one,
     * {@code rounds} times in all; a message travels for {@code latency}. The recurrence is that of {@link #pushCurve}, which this is if messages take no time
     * and nobody stops.
     *
     * @param rounds 1 or more
     * @param interval above 0, in any unit of time
     * @param latency 0 or more, in the same unit
     * @return times and the expected number of informed members from then on, in turn; the first member is informed at time 0. It ends when less than half a
     *     member is left, or nobody sends any more, or after {@value #MOST_INTERVALS} intervals
     */
    public static double[] pushInTime(int n, int fanout, double loss, int rounds, double interval, double latency) {
        check(n, fanout, loss);
        if (rounds < 1 || !(interval > 0) || !(latency >= 0)) {
            throw new IllegalArgumentException("rounds " + rounds + ", interval " + interval + " and latency " + latency
                    + ": must be 1 or more, above 0, and 0 or more");
        }
        return new PushInTime(n, fanout, loss, rounds, interval, latency).curve();
    }

    /**
     * Rounds until push has informed the last member, but for O(1): log n to the base f + 1, to infect about all, and
     * (ln n) / f, to find the last (Frieze and Grimmett 1985, Pittel 1987 for f = 1). With loss only the share of the f
     * messages that arrive counts.
     */
    public static double pushRounds(int n, int fanout, double loss) {
        check(n, fanout, loss);
        double arriving = fanout * (1 - loss);
        return log(n, 1 + arriving) + StrictMath.log(n) / arriving;
    }

    /**
     * Rounds until pull without loss has informed the last member, but for O(1): log n to the base f + 1, and, as the share of
     * the uninformed is raised to the power f + 1 in each round from then on, log ln n to the same base.
     */
    public static double pullRounds(int n, int fanout) {
        check(n, fanout, 0);
        return log(n, 1.0 + fanout) + log(StrictMath.log(n), 1.0 + fanout);
    }

    /**
     * Rounds until push-pull without loss has informed the last member, but for O(1). Karp, Schindelhauer, Shenker and Vöcking
     * (FOCS 2000) have log n to the base 3 for f = 1, as an informed member informs the one it calls and the one that calls it,
     * and O(log log n) for the last. With fan-out f that base is 2f + 1; the second term here is pull's.
     */
    public static double pushPullRounds(int n, int fanout) {
        check(n, fanout, 0);
        return log(n, 1 + 2.0 * fanout) + log(StrictMath.log(n), 1.0 + fanout);
    }

    /**
     * Share of the members that a rumor with feedback and coin never reaches when each useless contact ends one in {@code k} of
     * those who spread it: the solution below 1 of s = e<sup>-(k+1)(1-s)</sup> (Demers et al. 1987, section 1.4).
     *
     * @param k 1 or more
     */
    public static double residueOfCoin(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k " + k + " must be 1 or more");
        }
        double share = 0;
        for (double next = 1e-300; next != share; ) {
            share = next;
            next = StrictMath.max(share, StrictMath.exp(-(k + 1) * (1 - share)));
        }
        return share;
    }

    /**
     * Share of the members that a rumor never reaches which is pushed {@code traffic} times for each member, whatever decides
     * when it ends: s = e<sup>-m</sup> (Demers et al. 1987, section 1.4).
     */
    public static double residueOfTraffic(double traffic) {
        return StrictMath.exp(-traffic);
    }

    /**
     * Protocol periods until a crashed member is first pinged, the one in which it is counted: 1 / (1 - (1 -
     * 1/(n-1))<sup>n-1</sup>), which is e / (e - 1) = 1.58 for many members (SWIM, Das, Gupta and Motivala 2002, section 3.1).
     */
    public static double firstDetectionPeriods(int n) {
        check(n, 1, 0);
        return 1 / (1 - StrictMath.pow(1 - 1.0 / (n - 1), n - 1));
    }

    /** Most protocol periods until a given member pings a crashed one, if it goes through shuffled rounds (SWIM, section 4.3). */
    public static int completenessPeriods(int n) {
        check(n, 1, 0);
        return 2 * n - 1;
    }

    /**
     * How often one probe of SWIM fails although its target is well: ping or ack is lost, and so is at least one of the four
     * messages of each of {@code helpers} indirect probes. As a member is pinged once in a period on average, it is also how
     * often a member is falsely suspected in one period.
     *
     * @param helpers how many members are asked to ping, 0 or more (the paper's k)
     */
    public static double failedProbes(double loss, int helpers) {
        check(2, 1, loss);
        double direct = (1 - loss) * (1 - loss);
        return (1 - direct) * StrictMath.pow(1 - direct * direct, helpers);
    }

    /**
     * SWIM's false positives as the paper has them (section 3.1, with all members well): how often a member is falsely suspected
     * within the time that a first detection takes, e / (e - 1) periods.
     */
    public static double falsePositives(double loss, int helpers) {
        return failedProbes(loss, helpers) * StrictMath.E / (StrictMath.E - 1);
    }

    /** Share of the heartbeats that are late enough for a wrong suspicion, at that phi (Hayashibara et al. 2004): 10<sup>-phi</sup>. */
    public static double phiMistakes(double phi) {
        return StrictMath.pow(10, -phi);
    }

    private static double log(double value, double base) {
        return StrictMath.log(value) / StrictMath.log(base);
    }

    static void check(int n, int fanout, double loss) {
        if (n < 2) {
            throw new IllegalArgumentException("n " + n + " must be 2 or more");
        }
        if (fanout < 1) {
            throw new IllegalArgumentException("fanout " + fanout + " must be 1 or more");
        }
        if (!(loss >= 0 && loss < 1)) {
            throw new IllegalArgumentException("loss " + loss + " must be 0 or more and below 1");
        }
    }
}
