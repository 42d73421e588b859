package dev.hearsay.api.node;

import java.util.concurrent.TimeUnit;

/**
 * Lets one line of a kind into the log each minute: what a stranger can cause must not fill a disk. The lines that were
 * held back are counted. Belongs to one thread.
 */
public final class LineLimit {
    static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private boolean begun;
    private long last;
    private long heldBack;

    /**
     * Whether a line may be written now.
     *
     * @param now monotonic nanoseconds
     */
    public boolean pass(long now) {
        if (begun && now - last < INTERVAL_NANOS) {
            heldBack++;
            return false;
        }
        begun = true;
        last = now;
        return true;
    }

    /** For the end of a line that passes: how many did not since the last one. */
    public String takeHeldBack() {
        String text = heldBack == 0 ? "" : " (and " + heldBack + " more like it since the last such line)";
        heldBack = 0;
        return text;
    }
}
