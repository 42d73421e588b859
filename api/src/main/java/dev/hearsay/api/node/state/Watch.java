package dev.hearsay.api.node.state;

import dev.hearsay.api.StateChange;
import dev.hearsay.api.StateListener;
import java.util.concurrent.atomic.AtomicLong;

/** Brings one listener what happens, and tells it what it missed. */
final class Watch {
    /** Something to tell. */
    @FunctionalInterface
    interface Told {
        void to(StateListener listener);
    }

    /** A change. */
    record Changed(StateChange change) implements Told {
        @Override
        public void to(StateListener listener) {
            listener.onChange(change);
        }
    }

    /** How far this member is in fetching everything. */
    record Progress(int entries, int total, boolean complete) implements Told {
        @Override
        public void to(StateListener listener) {
            listener.onProgress(entries, total, complete);
        }
    }

    private final StateListener listener;
    private final AtomicLong dropped;
    private long told;

    /** @param dropped grows with what the listener misses */
    Watch(StateListener listener, AtomicLong dropped) {
        this.listener = listener;
        this.dropped = dropped;
    }

    /**
     * Tells it. A gap is told behind what follows it: what was dropped is older than what still comes, but may be newer than what is being
     * told while it happens; so whoever reads everything anew when it hears of a gap ends with the latest.
     */
    void tell(Told what) {
        try {
            what.to(listener);
        } finally {
            long all = dropped.get();
            if (all > told) {
                long gap = all - told;
                told = all;
                listener.onGap(gap);
            }
        }
    }
}
