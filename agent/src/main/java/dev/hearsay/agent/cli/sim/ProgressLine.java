package dev.hearsay.agent.cli.sim;

import dev.hearsay.experiment.run.Metric.Unit;
import dev.hearsay.experiment.run.Progress;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/** Says how far a run is: in a terminal as a bar that is redrawn in place, anywhere else as a line now and then. */
final class ProgressLine implements Progress, AutoCloseable {
    /** Least time between two drawings, for the eye. */
    private static final long REDRAW_NANOS = 100_000_000L;

    /** Time between two lines. */
    private static final long LINE_NANOS = 10_000_000_000L;

    private static final int BAR = 24;

    private final PrintStream err;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final long begun;
    private long next;
    private boolean drawn;

    /**
     * Begins now.
     *
     * @param nanos a clock
     */
    ProgressLine(PrintStream err, boolean terminal, LongSupplier nanos) {
        this.err = err;
        this.terminal = terminal;
        this.nanos = nanos;
        begun = nanos.getAsLong();
        next = begun + (terminal ? REDRAW_NANOS : LINE_NANOS);
    }

    @Override
    public void at(double seconds, double total, long inputs) {
        long now = nanos.getAsLong();
        if (now - next < 0) {
            return;
        }
        next = now + (terminal ? REDRAW_NANOS : LINE_NANOS);
        double share = Math.min(1, seconds / total);
        double passed = (now - begun) / 1e9;
        double left = share > 0 ? passed / share - passed : 0;
        String text = Unit.SECONDS.show(Math.floor(seconds)) + " of " + Unit.SECONDS.show(total) + ", "
                + Unit.COUNT.show(Math.floor(inputs / passed)) + " inputs/s, " + Unit.SECONDS.show(Math.ceil(left))
                + " left";
        String percent = (int) Math.floor(share * 100) + " %";
        if (terminal) {
            int full = (int) Math.floor(share * BAR);
            err.print("\r" + "█".repeat(full) + "░".repeat(BAR - full) + " " + percent + "  " + text + "\u001b[K");
            drawn = true;
        } else {
            err.println(percent + ": " + text);
        }
        err.flush();
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        if (drawn) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
