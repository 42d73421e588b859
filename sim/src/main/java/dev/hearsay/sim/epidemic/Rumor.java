package dev.hearsay.sim.epidemic;

import dev.hearsay.core.Prng;
import java.util.Arrays;

/**
 * One rumor among members who all reach each other, in synchronous cycles, until nobody spreads it any more (Demers et al.
 * 1987, section 1.4). In a cycle everybody acts on what was so at its beginning: who is informed twice in one cycle needed it
 * both times. With pull, a spreader that several ask in one cycle takes them for one contact, useful if it was to one of them.
 * Only so do the numbers of the paper's tables come out.
 */
public final class Rumor {
    private static final int NEVER = -1;

    private final int n;
    private final RumorVariant variant;
    private final Prng random;

    /** The cycle in which each member was informed. */
    private final int[] informed;

    /** What each spreader has counted. */
    private final int[] count;

    private final int[] spreaders;
    private final boolean[] asked;
    private final boolean[] needed;
    private int spreading;
    private int cycle;
    private long sent;

    /**
     * What became of it.
     *
     * @param residue share of the members that have never heard it (the paper's s)
     * @param traffic copies sent for each member (m)
     * @param averageDelay cycles until a member was informed, over those that were, the first included
     * @param lastDelay cycles until the last of them was
     */
    public record Outcome(double residue, double traffic, double averageDelay, double lastDelay) {}

    private Rumor(int n, RumorVariant variant, long seed) {
        this.n = n;
        this.variant = variant;
        random = new Prng(seed);
        informed = new int[n];
        count = new int[n];
        spreaders = new int[n];
        asked = new boolean[n];
        needed = new boolean[n];
        Arrays.fill(informed, NEVER);
    }

    /**
     * Starts a rumor at one member and follows it to its end.
     *
     * @param n how many members there are, 2 or more
     */
    public static Outcome spread(int n, RumorVariant variant, long seed) {
        if (n < 2) {
            throw new IllegalArgumentException("n " + n + " must be 2 or more");
        }
        Rumor rumor = new Rumor(n, variant, seed);
        rumor.inform(0);
        while (rumor.spreading > 0) {
            rumor.cycle++;
            if (variant.pull()) {
                rumor.pull();
            } else {
                rumor.push();
            }
        }
        return rumor.outcome();
    }

    private void push() {
        int before = spreading;
        for (int i = 0; i < before; i++) {
            int spreader = spreaders[i];
            int other = Partners.otherThan(spreader, n, random);
            sent++;
            contact(spreader, neededIt(other));
            inform(other);
        }
        dropStopped();
    }

    private void pull() {
        int before = spreading;
        for (int caller = 0; caller < n; caller++) {
            int called = Partners.otherThan(caller, n, random);
            if (informed[called] == NEVER || informed[called] == cycle || count[called] == RumorVariant.STOPPED) {
                continue;
            }
            sent++;
            asked[called] = true;
            needed[called] |= neededIt(caller);
            inform(caller);
        }
        for (int i = 0; i < before; i++) {
            int spreader = spreaders[i];
            if (asked[spreader]) {
                contact(spreader, needed[spreader]);
                asked[spreader] = false;
                needed[spreader] = false;
            }
        }
        dropStopped();
    }

    private boolean neededIt(int member) {
        return informed[member] == NEVER || informed[member] == cycle;
    }

    private void contact(int spreader, boolean useful) {
        int coin = variant.counter() ? 0 : random.below(variant.k());
        count[spreader] = variant.after(count[spreader], useful, coin);
    }

    private void inform(int member) {
        if (informed[member] == NEVER) {
            informed[member] = cycle;
            spreaders[spreading++] = member;
        }
    }

    private void dropStopped() {
        int kept = 0;
        for (int i = 0; i < spreading; i++) {
            if (count[spreaders[i]] != RumorVariant.STOPPED) {
                spreaders[kept++] = spreaders[i];
            }
        }
        spreading = kept;
    }

    private Outcome outcome() {
        long sum = 0;
        int reached = 0;
        int last = 0;
        for (int at : informed) {
            if (at != NEVER) {
                reached++;
                sum += at;
                last = Math.max(last, at);
            }
        }
        return new Outcome((double) (n - reached) / n, (double) sent / n, (double) sum / reached, last);
    }
}
