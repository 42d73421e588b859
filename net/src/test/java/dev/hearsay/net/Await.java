package dev.hearsay.net;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, with a bound: the wait ends as soon as the condition holds. */
public final class Await {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = 5_000_000;

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }

    /**
     * The same.
     *
     * @param what described when the time is up, so that it can tell how far things got
     */
    public static void until(Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + BOUND + ": " + what.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
