package dev.hearsay.sim.epidemic;

/**
 * One of the ways of rumor mongering (Demers et al. 1987, section 1.4): who calls whom, and when a member that spreads a rumor
 * loses interest. A contact is useful if the other had not got the rumor.
 *
 * <table>
 * <caption>What a contact does to a spreader that has counted c</caption>
 * <tr><th></th><th>useful</th><th>useless</th></tr>
 * <tr><td>feedback, counter</td><td>c becomes 0</td><td>c + 1; at k it stops</td></tr>
 * <tr><td>feedback, coin</td><td>nothing</td><td>it stops with probability 1/k</td></tr>
 * <tr><td>blind, counter</td><td>c + 1; at k it stops</td><td>c + 1; at k it stops</td></tr>
 * <tr><td>blind, coin</td><td>it stops with probability 1/k</td><td>it stops with probability 1/k</td></tr>
 * </table>
 *
 * @param pull whether everybody asks another for rumors in each cycle; otherwise spreaders push
 * @param feedback whether a spreader looks at whether the other needed the rumor
 * @param counter whether it counts contacts; otherwise it tosses a coin
 * @param k 1 or more
 */
public record RumorVariant(boolean pull, boolean feedback, boolean counter, int k) {
    /** A count that says: no longer interested. */
    static final int STOPPED = -1;

    /** Checks the range. */
    public RumorVariant {
        if (k < 1) {
            throw new IllegalArgumentException("k " + k + " must be 1 or more");
        }
    }

    /** Their Table 1. */
    public static RumorVariant pushFeedbackCounter(int k) {
        return new RumorVariant(false, true, true, k);
    }

    /** Their Table 2. */
    public static RumorVariant pushBlindCoin(int k) {
        return new RumorVariant(false, false, false, k);
    }

    /** Their Table 3. */
    public static RumorVariant pullFeedbackCounter(int k) {
        return new RumorVariant(true, true, true, k);
    }

    /**
     * What a spreader counts after a contact, as in the table above.
     *
     * @param count what it had counted, 0 to k - 1
     * @param useful whether the other needed the rumor
     * @param coin evenly distributed from 0 to k - 1
     * @return 0 to k - 1, or {@link #STOPPED}
     */
    int after(int count, boolean useful, int coin) {
        if (useful && feedback) {
            return counter ? 0 : count;
        }
        if (counter) {
            return count + 1 < k ? count + 1 : STOPPED;
        }
        return coin == 0 ? STOPPED : count;
    }
}
