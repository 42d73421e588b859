package dev.hearsay.examples.alertmanager;

import com.google.protobuf.ByteString;
import dev.hearsay.examples.alertmanager.Silence.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The silences this peer knows of, by id; of two versions the one updated later counts. Safe for use by many threads. */
final class Silences {
    /** Bytes that all silences may take together. They must fit into the 20 MiB of a push/pull. */
    static final long MAX_BYTES = 16L << 20;

    private static final Logger log = LoggerFactory.getLogger(Silences.class);

    /** What a silence costs besides its content, so that tiny ones have a bound, too. */
    private static final int OVERHEAD = 256;

    private final Map<String, Known> known = new LinkedHashMap<>();
    private final long maxBytes;
    private long bytes;
    private long refused;

    /** A silence, and its state when somebody was last told of it. */
    private record Known(Silence silence, State told) {}

    /**
     * News of a silence.
     *
     * @param what happened to it
     * @param state it is in now
     */
    record Change(What what, Silence silence, State state) {}

    /** What can happen to a silence. */
    enum What {
        /** Nobody had told us of it. */
        NEW,
        /** It was edited. */
        CHANGED,
        /** It was pending, and its time has come. */
        STARTED,
        /** Its time is over, or somebody ended it. */
        EXPIRED
    }

    /** None, and room for so many bytes. */
    Silences(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes in what is news; what everybody may have forgotten by now, and what there is no room for, is not. */
    synchronized List<Change> merge(List<Silence> heard, Instant now) {
        List<Change> changes = new ArrayList<>();
        for (Silence silence : heard) {
            Known before = known.get(silence.id());
            boolean late = silence.expiresAt().isBefore(now);
            if (late || (before != null && !before.silence().updatedAt().isBefore(silence.updatedAt()))) {
                continue;
            }
            long more = weight(silence) - (before == null ? 0 : weight(before.silence()));
            if (bytes + more > maxBytes) {
                refuse(silence);
                continue;
            }
            bytes += more;
            State state = silence.state(now);
            known.put(silence.id(), new Known(silence, state));
            changes.add(new Change(what(before, state), silence, state));
        }
        return changes;
    }

    private static What what(@Nullable Known before, State state) {
        if (before == null) {
            return What.NEW;
        }
        return state == State.EXPIRED && before.told() != State.EXPIRED ? What.EXPIRED : What.CHANGED;
    }

    /** What time alone has changed; what has been over for long enough is forgotten. */
    synchronized List<Change> passTime(Instant now) {
        List<Change> changes = new ArrayList<>();
        for (Iterator<Map.Entry<String, Known>> all = known.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Known> entry = all.next();
            Silence silence = entry.getValue().silence();
            State state = silence.state(now);
            if (state != entry.getValue().told()) {
                entry.setValue(new Known(silence, state));
                changes.add(new Change(state == State.EXPIRED ? What.EXPIRED : What.STARTED, silence, state));
            }
            if (silence.expiresAt().isBefore(now)) {
                bytes -= weight(silence);
                all.remove();
            }
        }
        return changes;
    }

    /** All of them, as they came. */
    synchronized List<ByteString> encoded() {
        return known.values().stream().map(each -> each.silence().encoded()).toList();
    }

    /** One line for the first, then ever fewer. */
    private void refuse(Silence silence) {
        refused++;
        if (Long.bitCount(refused) == 1) {
            log.warn(
                    "no room for silence {}, {} so far: all may take {} bytes",
                    Text.plain(silence.id()),
                    refused,
                    maxBytes);
        }
    }

    private static long weight(Silence silence) {
        return (long) silence.encoded().size() + OVERHEAD;
    }
}
