package dev.hearsay.bench.state;

import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateConfig.Mode;
import dev.hearsay.experiment.spread.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How soon a write at one member is visible at all, and what it costs: each of the four ways in which writes spread, and
 * push-then-pull with other settings, in simulated clusters, without loss and with 10 %.
 */
public final class StateSpread {
    private static final double[] LOSSES = {0, 0.1};
    private static final int[] SWITCHES = {0, 1, 2, 4};
    private static final int[] FANOUTS = {2, 3, 5, 6};

    private final int members;
    private final int seeds;
    private final int writes;
    private final ExecutorService threads;

    private StateSpread(Options options, ExecutorService threads) {
        members = options.get("members");
        seeds = options.get("seeds");
        writes = options.get("writes");
        this.threads = threads;
    }

    /** Runs the benchmark; see {@code --help}. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        Options options = new Options("state-spread", "simulated: a write at one member until it is visible at all")
                .option("members", 1_000, "members, links of 1 ms each way")
                .option("seeds", 2, "clusters for each row; the processors share them")
                .option("writes", 40, "writes in each, one after the other, of 200 bytes")
                .parse(args);
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            new StateSpread(options, threads).measure();
        } finally {
            threads.shutdown();
        }
    }

    private void measure() throws InterruptedException, ExecutionException {
        System.out.println(members + " members, " + seeds + " seeds, " + writes
                + " writes each, of 200 bytes. Push-then-pull by default switches by itself (-1; here after 3 hops) with a fan-out of 4. Times in virtual ms. For each write and member: copies of the payload"
                + " received and sent, hashes announced and asked for, bytes of all these sent");
        System.out.println(
                "loss  how                        | visible at all: p50      p99    worst | at one: p50      p99"
                        + " | received   sent | announced  wanted  bytes | idle B/s");
        for (double loss : LOSSES) {
            for (Mode mode : new Mode[] {Mode.PULL, Mode.PUSH_PULL}) {
                row(mode + ", every 200 ms", loss, StateConfig.DEFAULTS.with(c -> {
                    c.mode = mode;
                    c.exchangeNanos = Duration.ofMillis(200).toNanos();
                }));
            }
            row("PUSH", loss, StateConfig.DEFAULTS.with(c -> c.mode = Mode.PUSH));
            row("PUSH_THEN_PULL (-1, 4)", loss, StateConfig.DEFAULTS);
            for (int hops : SWITCHES) {
                row("  switchHops " + hops, loss, StateConfig.DEFAULTS.with(c -> c.switchHops = hops));
            }
            for (int fanout : FANOUTS) {
                row("  fanout " + fanout, loss, StateConfig.DEFAULTS.with(c -> c.fanout = fanout));
            }
        }
    }

    private void row(String how, double loss, StateConfig config) throws InterruptedException, ExecutionException {
        List<Future<Spread.Figures>> running = new ArrayList<>();
        for (int i = 1; i <= seeds; i++) {
            long seed = i;
            running.add(threads.submit(() -> Spread.run(members, config, loss, seed, writes)));
        }
        Spread.Figures sum = new Spread.Figures();
        for (Future<Spread.Figures> each : running) {
            sum.add(each.get());
        }
        double per = (double) sum.all.count() * (members - 1);
        System.out.println(String.format(
                Locale.ROOT,
                "%3.0f %% %-27s | %19.1f %8.1f %8.1f | %11.1f %8.1f | %8.3f %6.3f | %9.2f %7.2f %6.0f | %8.0f",
                100 * loss,
                how,
                sum.all.millis(0.5),
                sum.all.millis(0.99),
                sum.all.millis(1),
                sum.one.millis(0.5),
                sum.one.millis(0.99),
                sum.received / per,
                sum.sent / per,
                sum.announced / per,
                sum.wanted / per,
                sum.bytes / per,
                sum.idle / seeds));
    }
}
