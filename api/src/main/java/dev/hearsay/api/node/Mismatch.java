package dev.hearsay.api.node;

import dev.hearsay.core.Event;
import dev.hearsay.wire.DropReason;
import dev.hearsay.wire.WireException;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What it means for the operator that two sides differ in keys or labels, which memberlist tells in a few words or not at
 * all. Its words stay in front, because people search for them. One for each node; belongs to its loop.
 */
public final class Mismatch {
    private static final String KEYS_DIFFER = "the keys differ: compare the keys of both sides";
    private static final String ONLY_THEY_ENCRYPT = "the other side encrypts and this one has no key: give it the key";
    private static final String ONLY_WE_ENCRYPT =
            "this side encrypts and the other does not: give the other the key, or verify nothing while keys are rolled out";
    private static final String LABELS_DIFFER = "the labels differ: compare the labels of both sides";

    private static final Logger log = LoggerFactory.getLogger(Mismatch.class);

    private final String node;
    private final Map<DropReason, LineLimit> limits = new EnumMap<>(DropReason.class);

    public Mismatch(String node) {
        this.node = node;
    }

    /** What is wrong with a reply, and what to do about it. */
    public static String explain(WireException e) {
        return with(String.valueOf(e.getMessage()), hint(e.reason()));
    }

    /** What the other side finds wrong with us, and what to do about it. Its words are memberlist's, or our own. */
    static String explainRefusal(String reason) {
        if (reason.contains("No installed keys could decrypt")) {
            return with(reason, KEYS_DIFFER);
        } else if (reason.contains("Remote state is encrypted")) {
            return with(reason, ONLY_WE_ENCRYPT);
        } else if (reason.contains("Encryption is configured but")) {
            return with(reason, ONLY_THEY_ENCRYPT);
        } else if (reason.contains("cluster label") || reason.contains("label of another")) {
            return with(reason, LABELS_DIFFER);
        }
        return reason;
    }

    /** Tells the log of something that was dropped, if it is a mismatch, and not more often than it should. */
    public void onDropped(String what, SocketAddress from, WireException e, long now) {
        String hint = hint(e.reason());
        if (hint.isEmpty()) {
            log.debug("malformed {} from {}: {}", what, from, e.getMessage());
            return;
        }
        LineLimit limit = limits.computeIfAbsent(e.reason(), reason -> new LineLimit());
        if (limit.pass(now)) {
            log.warn(
                    "node '{}' dropped a {} from {}: {}; {}{}",
                    node,
                    what,
                    from,
                    e.getMessage(),
                    hint,
                    limit.takeHeldBack());
        }
    }

    /** Tells the log that two clusters stay apart. */
    static void refused(String node, Event.MergeRefused refused) {
        log.warn(
                "node '{}' does not merge with the cluster of '{}' at {}: {}",
                node,
                refused.node(),
                refused.address(),
                refused.reason());
    }

    private static String hint(DropReason reason) {
        return switch (reason) {
            case NOT_DECRYPTED -> KEYS_DIFFER;
            case ENCRYPTED -> ONLY_THEY_ENCRYPT;
            case NOT_ENCRYPTED -> ONLY_WE_ENCRYPT;
            case WRONG_LABEL -> LABELS_DIFFER;
            default -> "";
        };
    }

    private static String with(String text, String hint) {
        return hint.isEmpty() ? text : text + "; " + hint;
    }
}
