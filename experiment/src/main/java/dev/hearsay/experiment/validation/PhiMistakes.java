package dev.hearsay.experiment.validation;

import dev.hearsay.core.Prng;
import dev.hearsay.core.detector.PhiAccrual;
import dev.hearsay.experiment.validation.Table.Figure;
import dev.hearsay.experiment.validation.Table.Row;
import dev.hearsay.sim.epidemic.Theory;
import java.util.ArrayList;
import java.util.List;

/** How often the production code's phi accrual detector is wrong at a threshold. */
final class PhiMistakes implements Section {
    private static final double MEAN_NANOS = 1e9;
    private static final double DEVIATION_NANOS = 1e8;
    private static final int MOST_PHI = 5;
    private static final int[] WINDOWS = {100, 1_000};

    /** Runs of each window: each has a detector of its own. */
    private static final int RUNS = 20;

    @Override
    public String name() {
        return "phi";
    }

    @Override
    public String title() {
        return "Phi accrual: Hayashibara et al. 2004, mistakes at a threshold";
    }

    @Override
    public String about() {
        return """
                Production: `PhiAccrual`, as it judges heartbeats. The times between 20 million heartbeats of a member that lives are normal, 1 s on
                average with a deviation of 100 ms. A mistake is a heartbeat that comes after phi has reached the threshold. The paper's
                meaning of phi: wrong once in 10^phi heartbeats. No acceptable pause, no least deviation; both make mistakes rarer.
                """;
    }

    @Override
    public String deviations() {
        return """
                * The paper's formula takes mean and deviation for known. The detector has them from its window, and a deviation that was
                  estimated a little too low costs more than one too high saves: the same as Student's distribution beside the normal one. The
                  last times of 100 are too few for phi 5 to mean one in 100,000; of 1,000 they are enough.
                * Real heartbeats are not normal. The default threshold of 8 is no promise of one mistake in 10^8, but a distance.
                """;
    }

    @Override
    public List<Table> run(Trials trials) {
        List<Row> rows = new ArrayList<>();
        int beats = trials.size(5_000, 1_000_000);
        for (int window : WINDOWS) {
            List<long[]> mistakes = trials.each("phi " + window, RUNS, seed -> mistakes(window, beats, seed));
            for (int phi = 1; phi <= MOST_PHI; phi++) {
                int at = phi;
                double share = mistakes.stream().mapToLong(each -> each[at]).sum() / ((double) beats * RUNS);
                rows.add(new Row(List.of("" + window, "" + phi), List.of(new Figure(share, Theory.phiMistakes(phi)))));
            }
        }
        return List.of(new Table(
                "Share of heartbeats that come after the member was suspected",
                "published",
                List.of("window", "threshold"),
                List.of("mistakes"),
                rows));
    }

    /** How often each phi from 0 was reached before the heartbeat came. */
    private static long[] mistakes(int window, int beats, long seed) {
        Normal times = new Normal(seed);
        PhiAccrual phi = new PhiAccrual(window, (long) MEAN_NANOS);
        for (int i = 0; i < window; i++) {
            phi.heard(times.next());
        }
        double[] deviations = new double[MOST_PHI + 1];
        for (int i = 1; i <= MOST_PHI; i++) {
            deviations[i] = PhiAccrual.deviations(i);
        }
        long[] reached = new long[MOST_PHI + 1];
        for (int beat = 0; beat < beats; beat++) {
            long time = times.next();
            for (int i = 1; i <= MOST_PHI && time > phi.limit(deviations[i], 0, 1); i++) {
                reached[i]++;
            }
            phi.heard(time);
        }
        return reached;
    }

    /** Normally distributed times (Marsaglia's polar method), the same on every JVM. */
    private static final class Normal {
        private static final double UNIT = 0x1p-31;

        private final Prng random;

        Normal(long seed) {
            random = new Prng(seed);
        }

        long next() {
            double x;
            double square;
            do {
                x = random.nextInt() * UNIT;
                double y = random.nextInt() * UNIT;
                square = x * x + y * y;
            } while (square >= 1 || square == 0);
            double normal = x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            return (long) (MEAN_NANOS + DEVIATION_NANOS * normal);
        }
    }
}
