package dev.hearsay.experiment.run;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.Write;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The writes to shared state of a run: when each was visible at each member, or something newer in its place. */
final class StateSpread extends Spread<StateSpread.Written> {
    private static final String MAP = "load";

    private final int keys;
    private final int bytes;
    private final Map<Integer, List<Written>> open = new TreeMap<>();
    private @Nullable Written writing;
    private int taken;
    private int refused;

    /** One write that is still followed. */
    static final class Written extends Spread.Thing {
        private final int key;
        private long stamp;

        private Written(int key, int writer, long at) {
            super(writer, at);
            this.key = key;
        }
    }

    StateSpread(int members, int keys, int bytes, Wellness wellness) {
        super(members, wellness);
        this.keys = keys;
        this.bytes = bytes;
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
            follow(done);
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
        if (own != null && own.origin == member && own.key == key) {
            own.stamp = entry.stamp();
            reach(own, member, now);
        }
        List<Written> everywhere = new ArrayList<>();
        for (Written write : open.getOrDefault(key, List.of())) {
            if (write.stamp <= entry.stamp() && reach(write, member, now) && everywhere(write)) {
                everywhere.add(write);
            }
        }
        // Nobody is left to wait for: the list stays as short as what is on its way.
        everywhere.forEach(this::close);
    }

    @Override
    void closed(Written write) {
        List<Written> ofKey = open.getOrDefault(write.key, new ArrayList<>());
        ofKey.remove(write);
        if (ofKey.isEmpty()) {
            open.remove(write.key);
        }
    }

    /** Puts what was measured into a result. */
    void report(Findings findings) {
        findings.put("state-writes", taken);
        findings.put("state-refused", refused);
        report(findings, "state", "state-delivered");
    }
}
