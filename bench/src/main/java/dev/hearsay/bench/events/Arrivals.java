package dev.hearsay.bench.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** When events arrived, by number. Thread-safe. */
final class Arrivals {
    private final int members;
    private long[] last = new long[1024];
    private int[] counts = new int[1024];
    private long all;

    /** Of so many members each hears each event once. */
    Arrivals(int members) {
        this.members = members;
    }

    /** A member hears the event with that payload now. */
    void heard(byte[] payload) {
        long now = System.nanoTime();
        heard(Integer.parseInt(new String(payload, StandardCharsets.US_ASCII)), now);
    }

    private synchronized void heard(int number, long now) {
        if (number >= last.length) {
            last = Arrays.copyOf(last, 2 * number);
            counts = Arrays.copyOf(counts, 2 * number);
        }
        last[number] = now;
        counts[number]++;
        all++;
        if (counts[number] == members) {
            notifyAll();
        }
    }

    /** How many arrivals there were. */
    synchronized long all() {
        return all;
    }

    /** How many members have heard the event with that number. */
    synchronized int count(int number) {
        return number < counts.length ? counts[number] : 0;
    }

    /** Waits until all have heard it; returns when the last one did, or -1 if that takes longer than allowed. */
    synchronized long await(int number, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (count(number) < members) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return -1;
            }
            wait(left);
        }
        return last[number];
    }

    static byte[] payload(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
