package dev.hearsay.agent;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits on conditions in other processes and threads, within a bound. */
public final class Await {
    private Await() {}

    /** Asks again and again, a few times per second, until the condition holds; fails after the bound. */
    public static void until(String what, Duration bound, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + bound.toNanos();
        Exception last = null;
        while (System.nanoTime() - deadline < 0) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) {
                last = e;
            }
            pause();
        }
        fail("not within " + bound.toSeconds() + " s: " + what, last);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted", e);
        }
    }
}
