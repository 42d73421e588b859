package dev.hearsay.examples.alertmanager;

import com.google.protobuf.ByteString;
import dev.hearsay.api.Delegate;
import dev.hearsay.api.MemberlistCluster;
import dev.hearsay.examples.alertmanager.Silences.Change;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the gossip of Alertmanagers as far as silences go, as one of them does: remembers them, repeats to others
 * what was new, hands all of them over to whoever joins, and tells of each change in a line of text.
 */
final class SilencePeer implements Delegate {
    /**
     * A longer part is not gossiped: whoever has one to tell sends it to every member over a stream. So nobody repeats it
     * either (Alertmanager's {@code OversizedMessage}).
     */
    static final int MAX_GOSSIPED_BYTES = 700;

    private static final Logger log = LoggerFactory.getLogger(SilencePeer.class);

    private final Silences silences = new Silences(Silences.MAX_BYTES);
    private final AtomicLong malformed = new AtomicLong();
    private final Clock clock;
    private final Consumer<String> lines;

    /**
     * A peer that knows of no silence yet.
     *
     * @param lines gets a line for each change, from several threads
     */
    SilencePeer(Clock clock, Consumer<String> lines) {
        this.clock = clock;
        this.lines = lines;
    }

    /** What somebody gossips, or sends to everybody because it is too long for that. */
    @Override
    public void onMessage(MemberlistCluster cluster, byte[] content) {
        log.debug("heard a message of {} bytes", content.length);
        merge(cluster, ByteString.copyFrom(content));
    }

    /** All that another peer knows; from a new one it may be nothing. */
    @Override
    public void onRemoteState(MemberlistCluster cluster, byte[] state, boolean join) {
        log.debug("heard a state of {} bytes", state.length);
        try {
            for (ByteString part : Payloads.parts(ByteString.copyFrom(state))) {
                merge(cluster, part);
            }
        } catch (IOException e) {
            drop("state", state.length, e);
        }
    }

    /** All that this peer knows. */
    @Override
    public byte[] localState(boolean join) {
        return Payloads.state(silences.encoded());
    }

    /** Tells of silences that began or ended by themselves; to be called now and then. */
    void passTime() {
        tell(silences.passTime(clock.instant()));
    }

    /** How much could not be read, and was dropped. */
    long malformed() {
        return malformed.get();
    }

    private void merge(MemberlistCluster cluster, ByteString encoded) {
        List<Change> changes;
        try {
            Payloads.Part part = Payloads.part(encoded);
            if (!part.key().equals(Payloads.SILENCES)) {
                return;
            }
            Instant now = clock.instant();
            changes = silences.merge(Payloads.silences(part.data()), now);
        } catch (IOException e) {
            drop("part", encoded.size(), e);
            return;
        }
        tell(changes);
        // Gossip reaches everybody only if each repeats what it did not know; it ends because what is known is not
        // repeated.
        if (!changes.isEmpty() && encoded.size() <= MAX_GOSSIPED_BYTES) {
            var unused = cluster.broadcast(encoded.toByteArray());
        }
    }

    private void tell(List<Change> changes) {
        for (Change change : changes) {
            lines.accept("silence " + change.what().name().toLowerCase(Locale.ROOT) + ": "
                    + change.silence().describe(change.state()));
        }
    }

    /** One line for the first, then ever fewer: whoever sends such things must not fill the log. */
    private void drop(String what, int bytes, IOException why) {
        long count = malformed.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            log.warn("dropped a {} of {} bytes, {} so far: {}", what, bytes, count, why.getMessage());
        }
    }
}
