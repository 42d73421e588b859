package dev.hearsay.experiment.sweep;

import java.util.Locale;

/**
 * How far a sweep is, as one line: {@code 37/200 runs, 1 failed, 4.1/s, 40 s left}.
 *
 * <p>One caller at a time.
 */
public final class ProgressLine {
    private static final double NANOS = 1e9;

    private final int kept;
    private final int total;
    private final long began;
    private int ran;
    private int failed;

    /**
     * At the beginning.
     *
     * @param kept runs that were done already
     * @param total all runs
     * @param now monotonic nanoseconds
     */
    public ProgressLine(int kept, int total, long now) {
        this.kept = kept;
        this.total = total;
        this.began = now;
    }

    /** Counts a run. */
    public void ran(Row row) {
        ran++;
        failed += row.passed() ? 0 : 1;
    }

    /** How many runs are done, those from before among them. */
    public int done() {
        return kept + ran;
    }

    /**
     * The line; the rate is that of all runs since the beginning, and so is what is left.
     *
     * @param now monotonic nanoseconds
     */
    public String show(long now) {
        StringBuilder line = new StringBuilder();
        line.append(done()).append('/').append(total).append(" runs");
        if (failed > 0) {
            line.append(", ").append(failed).append(" failed");
        }
        double seconds = (now - began) / NANOS;
        if (ran > 0 && seconds > 0) {
            double rate = ran / seconds;
            line.append(String.format(Locale.ROOT, rate < 10 ? ", %.2f/s" : ", %.0f/s", rate));
            line.append(", ").append(duration((total - done()) / rate)).append(" left");
        }
        return line.toString();
    }

    /** {@code 40 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3_600) {
            return whole / 60 + " min " + whole % 60 + " s";
        }
        return whole / 3_600 + " h " + whole % 3_600 / 60 + " min";
    }
}
