package dev.hearsay.experiment.fuzz;

import dev.hearsay.core.Prng;
import java.util.List;
import java.util.Locale;

/** Random choices, the same for the same seed on every JVM. */
final class Dice {
    private final Prng random;

    Dice(long seed) {
        random = new Prng(seed);
    }

    /** True once in {@code 100 / percent} times. */
    boolean chance(int percent) {
        return random.below(100) < percent;
    }

    /** Both ends included, each number equally likely. */
    int between(int least, int most) {
        return least + random.below(most - least + 1);
    }

    /** Both ends included, each order of magnitude equally likely. */
    long spread(long least, long most) {
        double low = StrictMath.log((double) least);
        double high = StrictMath.log((double) most);
        double even = random.below(1 << 20) / (double) ((1 << 20) - 1);
        return Math.min(most, Math.max(least, Math.round(StrictMath.exp(low + (high - low) * even))));
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.below(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.below(choices.size()));
    }

    /** An index, as likely as its weight among all. */
    int weighted(int... weights) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int at = random.below(sum);
        int index = 0;
        while (at >= weights[index]) {
            at -= weights[index];
            index++;
        }
        return index;
    }

    /** A duration in milliseconds as scenario files have it, each order of magnitude equally likely. */
    String millis(long least, long most) {
        return millis(spread(least, most));
    }

    static String millis(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /** A share from 0.1 % up to that many percent, each order of magnitude equally likely. */
    String percent(int most) {
        return String.format(Locale.ROOT, "%.1f %%", spread(1, most * 10L) / 10.0);
    }

    long nextLong() {
        return random.nextLong();
    }
}
