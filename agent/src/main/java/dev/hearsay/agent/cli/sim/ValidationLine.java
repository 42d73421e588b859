package dev.hearsay.agent.cli.sim;

import dev.hearsay.experiment.run.Metric.Unit;
import dev.hearsay.experiment.validation.Trials;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * Says how far a validation is: in a terminal on a line that is written again and again, anywhere else on a new line now and
 * then. Not thread-safe: {@link Trials} calls it by one thread at a time.
 */
final class ValidationLine implements Trials.Progress, AutoCloseable {
    /** Least time between two drawings, for the eye. */
    private static final long REDRAW_NANOS = 100_000_000L;

    /** Time between two lines. */
    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintStream err;
    private final boolean terminal;
    private final int sections;
    private final LongSupplier nanos;
    private final long begun;
    private String current = "";
    private int number;
    private long next;

    /**
     * Begins now.
     *
     * @param sections how many there will be
     * @param nanos a clock
     */
    ValidationLine(PrintStream err, boolean terminal, int sections, LongSupplier nanos) {
        this.err = err;
        this.terminal = terminal;
        this.sections = sections;
        this.nanos = nanos;
        begun = nanos.getAsLong();
        next = begun;
    }

    @Override
    public void at(String section, int runs) {
        long now = nanos.getAsLong();
        boolean changed = !section.equals(current);
        if (!changed && now - next < 0) {
            return;
        }
        if (changed) {
            current = section;
            number++;
        }
        next = now + (terminal ? REDRAW_NANOS : LINE_NANOS);
        String text = "section " + number + " of " + sections + ", " + section + ": " + Unit.COUNT.show(runs)
                + " runs, " + Unit.SECONDS.show(Math.floor((now - begun) / 1e9)) + " so far";
        err.print(terminal ? "\r" + text + "\u001b[K" : text + System.lineSeparator());
        err.flush();
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
