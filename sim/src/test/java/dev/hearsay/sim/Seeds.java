package dev.hearsay.sim;

import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Runs a scenario once per seed, on all cores. {@code -Dhearsay.seed=17} runs only that one. */
final class Seeds {
    /** As many as the project promises for its membership scenarios. */
    static final int MANY = 200;

    private Seeds() {}

    static void each(int count, LongConsumer scenario) {
        Long only = Long.getLong("hearsay.seed");
        LongStream seeds = only == null ? LongStream.rangeClosed(1, count) : LongStream.of(only);
        List<Failure> failures = seeds.parallel()
                .mapToObj(seed -> attempt(seed, scenario))
                .filter(Objects::nonNull)
                .toList();
        if (!failures.isEmpty()) {
            Failure first = failures.get(0);
            throw new AssertionError(
                    failures.size() + " of " + count + " seeds fail; the first is " + first.seed
                            + ", repeat it with -Dhearsay.seed=" + first.seed + "\n" + first.error.getMessage(),
                    first.error);
        }
    }

    private record Failure(long seed, Throwable error) {}

    private static Failure attempt(long seed, LongConsumer scenario) {
        try {
            scenario.accept(seed);
            return null;
        } catch (AssertionError | RuntimeException e) {
            return new Failure(seed, e);
        }
    }
}
