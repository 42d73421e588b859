package dev.hearsay.agent.cli.sim;

import dev.hearsay.experiment.fuzz.Fuzzer;
import dev.hearsay.experiment.run.Metric.Unit;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/** Says how far fuzzing is: in a terminal as a line that is redrawn in place, anywhere else as a line now and then. */
final class FuzzLine implements AutoCloseable {
    /** Least time between two drawings, for the eye. */
    private static final long REDRAW_NANOS = 100_000_000L;

    /** Time between two lines. */
    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintStream err;
    private final boolean terminal;
    private final long runs;
    private final LongSupplier nanos;
    private long next;
    private boolean drawn;

    /**
     * Begins now.
     *
     * @param runs that there are at most
     * @param nanos a clock
     */
    FuzzLine(PrintStream err, boolean terminal, long runs, LongSupplier nanos) {
        this.err = err;
        this.terminal = terminal;
        this.runs = runs;
        this.nanos = nanos;
        next = nanos.getAsLong() + (terminal ? REDRAW_NANOS : LINE_NANOS);
    }

    /** Scenarios are run. */
    void at(Fuzzer.State state) {
        double seconds = Math.max(state.seconds(), 1e-9);
        show(Unit.COUNT.show((double) state.runs()) + " of " + Unit.COUNT.show((double) runs) + " scenarios, "
                + Unit.PER_SECOND.show(state.runs() / seconds) + ", "
                + Unit.SECONDS.show(Math.floor(state.virtualSeconds()))
                + " of virtual time, " + Unit.COUNT.show(Math.floor(state.inputs() / seconds)) + " inputs/s, "
                + state.findings() + " found");
    }

    /** A failure is made smaller. */
    void reducing(int tried) {
        show("Making it smaller: " + tried + " runs");
    }

    private void show(String text) {
        long now = nanos.getAsLong();
        if (now - next < 0) {
            return;
        }
        next = now + (terminal ? REDRAW_NANOS : LINE_NANOS);
        if (terminal) {
            err.print("\r" + text + "\u001b[K");
            drawn = true;
        } else {
            err.println(text);
        }
        err.flush();
    }

    /** Takes the line away, so that something else can be printed. */
    void clear() {
        if (drawn) {
            err.print("\r\u001b[K");
            err.flush();
            drawn = false;
        }
    }

    @Override
    public void close() {
        clear();
    }
}
