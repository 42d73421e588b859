package dev.hearsay.core.state;

import dev.hearsay.core.Prng;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first cells of an endless code over a set of hashes (rateless invertible Bloom lookup table: Yang, Gilad, Alizadeh, SIGCOMM
 * 2024). Two nodes that subtract each other's cells are left with those of the difference, and can read it off as soon as they have about
 * 1.4 to 1.8 cells for each hash in it, however many hashes they share. So nobody has to guess beforehand how much differs.
 *
 * <p>Each hash falls into the first cell, and into later ones more and more seldom: into cell i with probability 1 / (1 + i / 2).
 */
public final class Sketch {
    private final long[] sums;
    private final int[] checks;
    private final int[] counts;

    /** The cells of an empty set. */
    public Sketch(int cells) {
        sums = new long[cells];
        checks = new int[cells];
        counts = new int[cells];
    }

    /** What two sets do not share. */
    public record Difference(List<Long> here, List<Long> there) {}

    /** Puts a hash into the set, or takes it out, and notes which cells that changed. */
    private void toggle(long hash, int sign, @Nullable Deque<Integer> changed) {
        int check = check(hash);
        long state = hash;
        double at = 0;
        while (at < sums.length) {
            int cell = (int) at;
            sums[cell] ^= hash;
            checks[cell] ^= check;
            counts[cell] += sign;
            if (changed != null) {
                changed.push(cell);
            }
            state = Prng.mix(state + 0x9E3779B97F4A7C15L);
            at = next(cell, state);
        }
    }

    /** Puts a hash into the set. */
    public void add(long hash) {
        toggle(hash, 1, null);
    }

    /** Takes a hash out of the set. */
    public void remove(long hash) {
        toggle(hash, -1, null);
    }

    /**
     * The cell behind this one that a hash falls into: random bits turned into a step, so that cell j is hit with probability 2 / (j + 2). The
     * probability to get past g cells is (i + 1)(i + 2) / ((i + g + 1)(i + g + 2)), nearly a square, whose root is exact everywhere.
     */
    private static double next(int cell, long random) {
        double uniform = ((random >>> 11) + 1) * 0x1.0p-53;
        return cell + Math.max(1, Math.ceil((cell + 1.5) * (1 / Math.sqrt(uniform) - 1)));
    }

    private static int check(long hash) {
        return (int) (Prng.mix(hash ^ 0x5851F42D4C957F2DL) >>> 32);
    }

    /** How many cells there are. */
    int size() {
        return sums.length;
    }

    /** The first so many cells. */
    public List<StateFrame.Cell> cells(int count) {
        List<StateFrame.Cell> cells = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            cells.add(new StateFrame.Cell(sums[i], checks[i], counts[i]));
        }
        return cells;
    }

    /**
     * What this set and another do not share; null if these cells are too few to tell.
     *
     * @param there cells of the other set, at most as many as here
     */
    public @Nullable Difference minus(List<StateFrame.Cell> there) {
        Sketch rest = new Sketch(there.size());
        for (int i = 0; i < there.size(); i++) {
            StateFrame.Cell cell = there.get(i);
            rest.sums[i] = sums[i] ^ cell.sum();
            rest.checks[i] = checks[i] ^ cell.check();
            rest.counts[i] = counts[i] - cell.count();
        }
        return rest.peel();
    }

    /** Takes out what stands alone in a cell, until nothing is left. */
    private @Nullable Difference peel() {
        Deque<Integer> alone = new ArrayDeque<>();
        for (int i = sums.length - 1; i >= 0; i--) {
            alone.push(i);
        }
        Difference found = new Difference(new ArrayList<>(), new ArrayList<>());
        // Cells that were made up could go on for ever; honest ones hold at most a hash each.
        int left = sums.length;
        while (!alone.isEmpty()) {
            int cell = alone.pop();
            int sign = counts[cell];
            long hash = sums[cell];
            if ((sign != 1 && sign != -1) || check(hash) != checks[cell]) {
                continue;
            }
            if (left-- == 0) {
                return null;
            }
            (sign == 1 ? found.here : found.there).add(hash);
            toggle(hash, -sign, alone);
        }
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] != 0 || checks[i] != 0 || counts[i] != 0) {
                return null;
            }
        }
        return found;
    }
}
