package dev.hearsay.bench.detection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Twenty agents, LAN profile, on loopback addresses: one is killed, one is stopped and goes on; measured until <em>all</em>
 * others list it so. Ours and the real Serf's, through the same story.
 *
 * <p>Each run has two victims of its own, so that no member has failed before. A victim is a process of its own; the other
 * nineteen are nineteen processes of Serf's, or four JVMs of ours.
 */
public final class Detection20 {
    private static final int WATCHERS = 19;
    private static final int BOUND_SECONDS = 180;

    /** All is quiet again: suspicions, and news about what happened before. */
    private static final int SETTLE_SECONDS = 3;

    private static final int FIRST_VICTIM = 100;
    private static final String KILLED = "kill -9 until failed everywhere";
    private static final String STOPPED = "SIGSTOP until failed everywhere";
    private static final String RESUMED = "SIGCONT until alive everywhere";

    private final String system;
    private final Pool pool;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    private Detection20(String system, Pool pool) {
        this.system = system;
        this.pool = pool;
        for (String what : List.of(KILLED, STOPPED, RESUMED)) {
            seconds.put(what, new ArrayList<>());
        }
    }

    /** Measures; arguments: the number of runs (5), and {@code hearsay} or {@code serf} for one of them only. */
    public static void main(String[] args) throws Exception {
        int runs = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        String only = args.length < 2 ? "" : args[1];
        String network = "127.93.";
        System.out.printf("%d runs of %d agents, LAN profile%n", runs, WATCHERS + 1);
        if (!only.equals("serf")) {
            new Detection20("hearsay", new Pool.Ours(network + "71")).measure(runs);
        }
        if (!only.equals("hearsay")) {
            new Detection20("serf", new Pool.Serf(network + "72")).measure(runs);
        }
    }

    private void measure(int runs) throws Exception {
        try (Pool closing = pool) {
            closing.start(WATCHERS);
            for (String member : pool.watchers) {
                List<String> others = new ArrayList<>(pool.watchers);
                others.remove(member);
                pool.views.await(java.util.Set.copyOf(others), member, true, BOUND_SECONDS);
            }
            for (int run = 1; run <= runs; run++) {
                kill("k" + run, FIRST_VICTIM + 2 * run);
                stop("s" + run, FIRST_VICTIM + 2 * run + 1);
            }
        } catch (IOException e) {
            System.out.println(system + ": not measured: " + e.getMessage());
            return;
        } catch (IllegalStateException e) {
            System.out.println(system + ": stopped: " + e.getMessage());
        }
        report();
    }

    private Process join(String victim, int host) throws Exception {
        Process process = pool.victim(victim, host);
        pool.views.await(pool.watchers, victim, true, BOUND_SECONDS);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        return process;
    }

    private void kill(String victim, int host) throws Exception {
        Process process = join(victim, host);
        long begun = System.nanoTime();
        process.destroyForcibly();
        add(KILLED, pool.views.await(pool.watchers, victim, false, BOUND_SECONDS) - begun);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    }

    private void stop(String victim, int host) throws Exception {
        Process process = join(victim, host);
        long stopped = System.nanoTime();
        signal("STOP", process);
        add(STOPPED, pool.views.await(pool.watchers, victim, false, BOUND_SECONDS) - stopped);
        long resumed = System.nanoTime();
        signal("CONT", process);
        add(RESUMED, pool.views.await(pool.watchers, victim, true, BOUND_SECONDS) - resumed);
        process.destroyForcibly();
        pool.views.await(pool.watchers, victim, false, BOUND_SECONDS);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    }

    /** With the shell's own kill: its start is part of what is measured, a few milliseconds. */
    private static void signal(String name, Process process) throws IOException, InterruptedException {
        int code = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + name + " exits with " + code);
        }
    }

    private void add(String what, long nanos) {
        seconds.computeIfAbsent(what, any -> new ArrayList<>()).add(nanos / 1e9);
        System.out.println(String.format(
                Locale.ROOT,
                "{\"system\":\"%s\",\"what\":\"%s\",\"members\":%d,\"seconds\":%.3f}",
                system,
                what,
                WATCHERS + 1,
                nanos / 1e9));
    }

    private void report() {
        seconds.forEach((what, measured) -> {
            if (!measured.isEmpty()) {
                Collections.sort(measured);
                System.out.println(String.format(
                        Locale.ROOT,
                        "%-8s %-34s median %6.2f s, worst %6.2f s, of %d",
                        system,
                        what,
                        measured.get(measured.size() / 2),
                        measured.get(measured.size() - 1),
                        measured.size()));
            }
        });
    }
}
