package dev.hearsay.experiment.run;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.Write;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The writes to shared state of a run: when each was visible at each member, or something newer in its place. */
final class StateSpread {
    /** How long a write is followed; where it is visible later, it has not arrived. */
    static final long FOLLOWED_NANOS = 60_000_000_000L;

    private static final String MAP = "load";

    private final int members;
    private final int keys;
    private final int bytes;
    private final Wellness wellness;
    private final Map<Integer, List<Written>> open = new TreeMap<>();
    private final Deque<Written> order = new ArrayDeque<>();
    private final List<Double> each = new ArrayList<>();
    private final List<Double> all = new ArrayList<>();
    private @Nullable Written writing;
    private int taken;
    private int refused;
    private long reached;
    private long meant;

    /** One write that is still followed. */
    private static final class Written {
        private final int key;
        private final int writer;
        private final long at;
        private final BitSet visible = new BitSet();
        private long stamp;
        private long lastSeen;
        private boolean closed;

        private Written(int key, int writer, long at) {
            this.key = key;
            this.writer = writer;
            this.at = at;
            this.lastSeen = at;
        }
    }

    StateSpread(int members, int keys, int bytes, Wellness wellness) {
        this.members = members;
        this.keys = keys;
        this.bytes = bytes;
        this.wellness = wellness;
    }

    /** A member is about to write; {@link #taken} or {@link #refused} follows. */
    Write writes(int number, int writer, long now) {
        int key = number % keys;
        writing = new Written(key, writer, now);
        byte[] value = new byte[bytes];
        ByteBuffer.wrap(value).putInt(number);
        return new Write.MapPut(
                MAP, Bytes.of(ByteBuffer.allocate(Integer.BYTES).putInt(key).array()), Bytes.of(value), 0);
    }

    /** The member has written. */
    void taken() {
        Written done = writing;
        writing = null;
        taken++;
        if (done != null) {
            open.computeIfAbsent(done.key, key -> new ArrayList<>()).add(done);
            order.add(done);
        }
    }

    /** The member has not written. */
    void refused() {
        writing = null;
        refused++;
    }

    /** Something of the shared state has changed at a member. */
    void changed(int member, Event.StateChanged change, long now) {
        Entry entry = change.after();
        if (entry == null || !entry.id().collection().equals(MAP)) {
            return;
        }
        int key = ByteBuffer.wrap(entry.id().key().toArray()).getInt();
        Written own = writing;
        if (own != null && own.writer == member && own.key == key) {
            own.stamp = entry.stamp();
            own.visible.set(member);
        }
        boolean complete = false;
        for (Written write : open.getOrDefault(key, List.of())) {
            if (write.stamp <= entry.stamp() && !write.visible.get(member) && wellness.upSince(member, write.at)) {
                write.visible.set(member);
                write.lastSeen = now;
                complete |= write.visible.cardinality() == members;
                if (each.size() < Samples.MOST) {
                    each.add((now - write.at) / 1e9);
                }
            }
        }
        if (complete) {
            // Nobody is left to wait for: the list stays as short as what is on its way.
            List.copyOf(open.getOrDefault(key, List.of())).stream()
                    .filter(write -> write.visible.cardinality() == members)
                    .forEach(this::close);
        }
    }

    /** Ends what has been followed for long. */
    void look(long now) {
        while (!order.isEmpty() && now - order.getFirst().at >= FOLLOWED_NANOS) {
            close(order.removeFirst());
        }
    }

    /** The run is over. */
    void end() {
        order.forEach(this::close);
        order.clear();
    }

    private void close(Written write) {
        if (write.closed) {
            return;
        }
        write.closed = true;
        List<Written> ofKey = open.getOrDefault(write.key, new ArrayList<>());
        ofKey.remove(write);
        if (ofKey.isEmpty()) {
            open.remove(write.key);
        }
        boolean complete = true;
        for (int member = 0; member < members; member++) {
            if (wellness.upSince(member, write.at)) {
                meant++;
                reached += write.visible.get(member) ? 1 : 0;
                complete &= write.visible.get(member);
            }
        }
        if (complete && write.lastSeen > write.at) {
            all.add((write.lastSeen - write.at) / 1e9);
        }
    }

    /** Puts what was measured into a result. */
    void report(Findings findings) {
        findings.put("state-writes", taken);
        findings.put("state-refused", refused);
        findings.spread("state-member", new Samples(each));
        findings.spread("state-all", new Samples(all));
        if (meant > 0) {
            findings.put("state-delivered", (double) reached / meant);
        }
    }
}
