package dev.hearsay.sim.epidemic;

import dev.hearsay.core.Prng;
import java.util.BitSet;

/**
 * One piece of news among members who all reach each other, in synchronous rounds, until the last member has it. In a round
 * everybody calls {@code fanout} others, all different, chosen at random, and acts on what was so at the beginning of the
 * round. A message is lost with the same probability on each way: a call, an answer, a copy.
 */
public final class Broadcast {
    /** Rounds after which news that has not reached all is given up: with a loss so near to 1 nobody wants to wait. */
    public static final int MOST_ROUNDS = 100_000;

    /** The share of the members that have the news when push-then-pull ends to push. */
    private static final double YOUNG_SHARE = 0.1;

    private final Way way;
    private final int n;
    private final int fanout;
    private final int lossBits;
    private final Prng random;

    /** Who had the news at the beginning of the round. */
    private final BitSet had;

    private final BitSet has;

    /** Those who have it, in the order in which they got it. */
    private final int[] informed;

    private int informedCount;
    private final int[] missing;
    private int missingCount;
    private final int[] called;
    private long copies;
    private long requests;

    /** Who gives the news to whom. */
    public enum Way {
        /** Whoever has it sends a copy in each call. */
        PUSH,
        /** Whoever has not got it asks in each call; each one asked who has it answers with a copy. */
        PULL,
        /** Both: in each call the one gives it to the other, whoever has it. */
        PUSH_PULL,
        /**
         * Push while the news is young: for as many rounds as reach at most a tenth of the members, log n/10 to the base f + 1.
         * Each member can tell by the age of its copy. Then pull, in two steps: those asked who have it say so, and one of them is
         * asked for a copy (Mercier, Hayez, Matos 2017, with a switch by age).
         */
        PUSH_THEN_PULL
    }

    /**
     * What it took.
     *
     * @param rounds until the last member had it
     * @param copies sent for each member, those lost included
     * @param requests that members without the news made, for each member; 0 for push
     */
    public record Outcome(int rounds, double copies, double requests) {}

    private Broadcast(Way way, int n, int fanout, double loss, long seed) {
        this.way = way;
        this.n = n;
        this.fanout = fanout;
        lossBits = (int) (loss * Integer.MAX_VALUE);
        random = new Prng(seed);
        had = new BitSet(n);
        has = new BitSet(n);
        informed = new int[n];
        missing = new int[n];
        called = new int[fanout];
    }

    /**
     * Spreads news from one member.
     *
     * @param n how many members there are, 2 or more
     * @param fanout 1 to n - 1
     * @param loss 0 to below 1
     * @throws IllegalStateException if {@value #MOST_ROUNDS} rounds are not enough
     */
    public static Outcome spread(Way way, int n, int fanout, double loss, long seed) {
        Theory.check(n, fanout, loss);
        if (fanout > n - 1) {
            throw new IllegalArgumentException("fanout " + fanout + " must be at most n - 1, " + (n - 1));
        }
        return new Broadcast(way, n, fanout, loss, seed).run();
    }

    /** How many rounds push-then-pull pushes. */
    static int youngRounds(int n, int fanout) {
        int rounds = 0;
        for (double reached = fanout + 1; reached <= n * YOUNG_SHARE; reached *= fanout + 1) {
            rounds++;
        }
        return rounds;
    }

    private Outcome run() {
        for (int member = 1; member < n; member++) {
            missing[missingCount++] = member;
        }
        inform(0);
        had.set(0);
        int young = youngRounds(n, fanout);
        int round = 0;
        while (informedCount < n) {
            if (round++ == MOST_ROUNDS) {
                throw new IllegalStateException(
                        informedCount + " of " + n + " members have the news after " + MOST_ROUNDS + " rounds");
            }
            int before = informedCount;
            switch (way) {
                case PUSH -> push();
                case PULL -> pull(false);
                case PUSH_PULL -> {
                    push();
                    pull(false);
                }
                case PUSH_THEN_PULL -> {
                    if (round <= young) {
                        push();
                    } else {
                        pull(true);
                    }
                }
            }
            endRound(before);
        }
        return new Outcome(round, (double) copies / n, (double) requests / n);
    }

    private void push() {
        int before = informedCount;
        for (int i = 0; i < before; i++) {
            choose(informed[i]);
            for (int other : called) {
                copies++;
                if (arrives()) {
                    inform(other);
                }
            }
        }
    }

    private void pull(boolean onlyOneCopy) {
        for (int i = 0; i < missingCount; i++) {
            int member = missing[i];
            choose(member);
            boolean offered = false;
            for (int other : called) {
                requests++;
                if (!arrives() || !had.get(other)) {
                    continue;
                }
                if (onlyOneCopy) {
                    offered |= arrives();
                } else {
                    copy(member);
                }
            }
            if (offered && arrives()) {
                copy(member);
            }
        }
    }

    private void copy(int member) {
        copies++;
        if (arrives()) {
            inform(member);
        }
    }

    private void inform(int member) {
        if (!has.get(member)) {
            has.set(member);
            informed[informedCount++] = member;
        }
    }

    private void endRound(int before) {
        for (int i = before; i < informedCount; i++) {
            had.set(informed[i]);
        }
        int kept = 0;
        for (int i = 0; i < missingCount; i++) {
            if (!had.get(missing[i])) {
                missing[kept++] = missing[i];
            }
        }
        missingCount = kept;
    }

    /** Whom the member calls in this round. */
    private void choose(int member) {
        for (int i = 0; i < fanout; i++) {
            int other;
            do {
                other = Partners.otherThan(member, n, random);
            } while (chosen(other, i));
            called[i] = other;
        }
    }

    private boolean chosen(int other, int among) {
        for (int i = 0; i < among; i++) {
            if (called[i] == other) {
                return true;
            }
        }
        return false;
    }

    private boolean arrives() {
        return lossBits == 0 || random.nextInt() >>> 1 >= lossBits;
    }
}
