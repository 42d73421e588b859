package dev.hearsay.bench.state;

import dev.hearsay.api.StateChange;
import dev.hearsay.api.StateListener;
import dev.hearsay.core.Bytes;
import dev.hearsay.experiment.spread.Delays;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** When each write, by its number, was visible at each member. Thread-safe. */
final class Visible {
    private final AtomicLongArray written;
    private final List<AtomicLongArray> seen = new ArrayList<>();
    private final AtomicLong gaps = new AtomicLong();

    /** So many members, so many writes. */
    Visible(int members, int writes) {
        written = new AtomicLongArray(writes);
        for (int i = 0; i < members; i++) {
            seen.add(new AtomicLongArray(writes));
        }
    }

    /** The value of the write with that number. */
    static byte[] value(int number, int bytes) {
        return ByteBuffer.allocate(bytes).putInt(number).array();
    }

    static int number(byte[] value) {
        return ByteBuffer.wrap(value).getInt();
    }

    /** It is written now. */
    void writes(int number) {
        written.set(number, System.nanoTime());
    }

    /** Hears what a member hears. */
    StateListener listener(int member) {
        return new StateListener() {
            @Override
            public void onChange(StateChange change) {
                long now = System.nanoTime();
                Bytes after = change.after();
                if (after != null) {
                    seen.get(member).compareAndSet(number(after.toArray()), 0, now);
                }
            }

            @Override
            public void onGap(long dropped) {
                gaps.addAndGet(dropped);
            }
        };
    }

    /** Changes that listeners were too slow for: they count as not seen. */
    long gaps() {
        return gaps.get();
    }

    /** How many of these writes were not visible at one of the members, over all members. */
    long missing(int from, int to) {
        long missing = 0;
        for (AtomicLongArray member : seen) {
            for (int i = from; i < to; i++) {
                missing += member.get(i) == 0 ? 1 : 0;
            }
        }
        return missing;
    }

    /** The times that these writes took to each member but the one that wrote. */
    Delays each(int from, int to, int writers) {
        Delays delays = new Delays();
        for (int member = 0; member < seen.size(); member++) {
            for (int i = from; i < to; i++) {
                long at = seen.get(member).get(i);
                if (at != 0 && i % writers != member) {
                    delays.add(at - written.get(i));
                }
            }
        }
        return delays;
    }

    /** The times that these writes took until the last member had them, of those that all have. */
    Delays all(int from, int to) {
        Delays delays = new Delays();
        for (int i = from; i < to; i++) {
            long last = 0;
            boolean complete = true;
            for (AtomicLongArray member : seen) {
                last = Math.max(last, member.get(i) - written.get(i));
                complete &= member.get(i) != 0;
            }
            if (complete) {
                delays.add(last);
            }
        }
        return delays;
    }
}
