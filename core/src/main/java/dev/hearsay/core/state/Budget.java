package dev.hearsay.core.state;

/** Bytes that may be sent: so many each second, and as many as one second's at once after a quiet time (token bucket). */
final class Budget {
    private static final double NANOS_PER_SECOND = 1e9;

    private final long bytesPerSecond;
    private double saved;
    private long savedAt;
    private boolean started;

    /** A full one. */
    Budget(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
        this.saved = bytesPerSecond;
    }

    /** Whether something may be sent now: what it costs may then run into debt. */
    boolean open(long now) {
        if (!started) {
            started = true;
            savedAt = now;
        }
        saved = Math.min((double) bytesPerSecond, saved + (now - savedAt) * (bytesPerSecond / NANOS_PER_SECOND));
        savedAt = now;
        return saved > 0;
    }

    /** So much has been sent. */
    void spend(int bytes) {
        saved -= bytes;
    }

    /** How long until something may be sent again, in nanoseconds; 0 for now. */
    long untilOpen(long now) {
        return open(now) ? 0 : (long) (-saved * NANOS_PER_SECOND / bytesPerSecond) + 1;
    }

    /** Whether it is full: nothing has been spent for a while. */
    boolean full(long now) {
        return open(now) && saved >= bytesPerSecond;
    }
}
