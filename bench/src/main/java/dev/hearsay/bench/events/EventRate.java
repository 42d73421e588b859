package dev.hearsay.bench.events;

import dev.hearsay.bench.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How many user events a second twenty members bear, all of them firing, before one is not heard by one of them: our nodes in one
 * JVM, then agents as processes, ours and the real Serf's. The rate doubles until more than half is lost; with each it is told
 * how many arrivals came with a push/pull only, and what was counted where something got lost.
 */
public final class EventRate {
    private static final int MEMBERS = 20;
    private static final int FIRST_RATE = 50;
    private static final int LAST_RATE = 12_800;
    private static final int SETTLE_SECONDS = 40;

    /** What gossip brings comes within so many seconds without another arrival. */
    private static final int GOSSIP_SECONDS = 3;

    /** What the next push/pull brings, every 30 s, does so within so many seconds without another arrival. */
    private static final int EXCHANGE_SECONDS = 35;

    private static final int THREADS = 4;

    /** Counters that tell of a loss, or of work that is not done twice. */
    private static final List<String> LOSSES = List.of(
            "user_events_stale", "updates_dropped", "listener_events_dropped", "times_rejected", "suspicions_raised");

    private final Members members;
    private final Arrivals arrivals;
    private final int seconds;
    private int fired;
    private int sustained;

    private EventRate(Members members, Arrivals arrivals, int seconds) {
        this.members = members;
        this.arrivals = arrivals;
        this.seconds = seconds;
    }

    /** Runs the measurement. Arguments: seconds at each rate (10), and {@code jvm}, {@code hearsay} or {@code serf} for one only. */
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        String only = args.length > 1 ? args[1] : "";
        System.out.println(
                MEMBERS + " members, all fire, " + seconds + " s at each rate; LAN profile, payloads of 1 to 7 bytes");
        for (String kind : List.of("jvm", "hearsay", "serf")) {
            if (only.isEmpty() || only.equals(kind)) {
                Arrivals arrivals = new Arrivals(MEMBERS);
                Members members = kind.equals("jvm")
                        ? new OneJvm(MEMBERS, arrivals)
                        : new Agents(
                                kind.equals("serf"),
                                kind.equals("serf") ? "127.93.84" : "127.93.83",
                                MEMBERS,
                                arrivals);
                try {
                    new EventRate(members, arrivals, seconds).measure();
                } catch (IOException e) {
                    System.out.println(kind + ": not measured: " + e.getMessage());
                }
            }
        }
        System.exit(0);
    }

    private void measure() throws Exception {
        try (members) {
            members.start();
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            double lost = 0;
            for (int rate = FIRST_RATE; rate <= LAST_RATE && lost <= 0.5; rate *= 2) {
                lost = at(rate);
            }
            System.out.println(members.kind() + ": " + sustained + " a second without a loss");
        }
    }

    /** Returns the share of arrivals that did not come. */
    private double at(int rate) throws Exception {
        Map<String, Long> before = members.sums();
        long overflowed = Machine.datagramsOverflowed();
        long arrived = arrivals.all();
        int first = fired;
        int count = rate * seconds;
        fired += count;
        long began = System.nanoTime();
        fire(first, count, rate);
        double took = (System.nanoTime() - began) / 1e9;
        long expected = arrived + (long) count * MEMBERS;
        awaitQuiet(expected, GOSSIP_SECONDS);
        long late = expected - arrivals.all();
        awaitQuiet(expected, EXCHANGE_SECONDS);
        long missing = expected - arrivals.all();
        int incomplete = 0;
        for (int number = first; number < first + count; number++) {
            incomplete += arrivals.count(number) < MEMBERS ? 1 : 0;
        }
        if (missing == 0) {
            sustained = (int) Math.round(count / took);
        }
        Map<String, Long> losses = new TreeMap<>();
        Map<String, Long> after = members.sums();
        LOSSES.forEach(name -> losses.put(name, after.getOrDefault(name, 0L) - before.getOrDefault(name, 0L)));
        losses.values().removeIf(value -> value == 0);
        losses.put("datagrams_overflowed", Machine.datagramsOverflowed() - overflowed);
        double share = missing / (double) count / MEMBERS;
        System.out.println(String.format(
                Locale.ROOT,
                "%-24s %6d/s, fired %7.0f/s: %6d of %6d not heard by all; arrivals: %.4f %% late, %.4f %% lost; %s",
                members.kind(),
                rate,
                count / took,
                incomplete,
                count,
                100.0 * (late - missing) / count / MEMBERS,
                100 * share,
                losses));
        System.out.println(String.format(
                Locale.ROOT,
                "{\"bench\":\"event-rate\",\"kind\":\"%s\",\"rate\":%d,\"fired_per_second\":%.0f,\"events\":%d,"
                        + "\"not_heard_by_all\":%d,\"arrivals_late\":%d,\"arrivals_lost\":%d}",
                members.kind(),
                rate,
                count / took,
                count,
                incomplete,
                late - missing,
                missing));
        return share;
    }

    /** Each thread has members of its own; their turns are spread evenly over the time. */
    private void fire(int first, int count, int rate) throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Exception> failures = new ArrayList<>();
        long began = System.nanoTime();
        for (int t = 0; t < THREADS; t++) {
            int offset = t;
            Thread thread = new Thread(() -> {
                try {
                    for (int i = offset; i < count; i += THREADS) {
                        long due = began + i * 1_000_000_000L / rate;
                        for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                            TimeUnit.NANOSECONDS.sleep(early);
                        }
                        // MEMBERS is a multiple of THREADS: a member is always this thread's.
                        members.fire(i % MEMBERS, first + i);
                    }
                } catch (Exception e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private void awaitQuiet(long all, int seconds) throws InterruptedException {
        long last = -1;
        for (int quiet = 0; quiet < seconds && arrivals.all() < all; quiet++) {
            if (arrivals.all() != last) {
                last = arrivals.all();
                quiet = 0;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }
}
