package dev.hearsay.examples.claim;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions on other threads, with a bound. */
final class Await {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /** Asks again and again until the condition holds; a failure to ask counts as no. */
    static void until(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        Exception last = null;
        while (System.nanoTime() - deadline < 0) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        fail("not within " + BOUND.toSeconds() + " s: " + what, last);
    }
}
