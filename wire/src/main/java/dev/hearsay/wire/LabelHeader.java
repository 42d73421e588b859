package dev.hearsay.wire;

import java.util.Arrays;

/**
 * The outermost layer: a kind byte, a length of 1 to 255, the label (memberlist since 0.3.0). In front of every packet; in
 * a stream only in front of what its opener sends: a reply has none. The label itself is part of what encryption
 * authenticates, also in replies.
 */
final class LabelHeader {
    private static final int HEAD = 2;

    private LabelHeader() {}

    /** Bytes it takes; 0 without a label. */
    static int size(WireConfig config) {
        int length = config.labelBytes().length;
        return length == 0 ? 0 : HEAD + length;
    }

    /** Writes it, if there is a label, and returns the position behind. */
    static int write(WireConfig config, byte[] target, int at) {
        byte[] label = config.labelBytes();
        if (label.length == 0) {
            return at;
        }
        target[at] = (byte) Kind.LABEL;
        target[at + 1] = (byte) label.length;
        System.arraycopy(label, 0, target, at + HEAD, label.length);
        return at + HEAD + label.length;
    }

    /**
     * Holds the header at the front of those bytes, of which there is at least one, against our label.
     *
     * @return how many bytes it takes, perhaps 0; negative if there are too few to tell
     * @throws WireException if the label is not the one we accept
     */
    static int check(WireConfig config, byte[] source, int from, int to) throws WireException {
        byte[] ours = config.labelBytes();
        if ((source[from] & 0xFF) != Kind.LABEL) {
            if (ours.length > 0 && !config.skipInboundLabelCheck()) {
                throw new WireException(DropReason.WRONG_LABEL, "no cluster label, but this cluster has one");
            }
            return 0;
        }
        if (to - from < HEAD) {
            return -1;
        }
        int length = source[from + 1] & 0xFF;
        if (length == 0) {
            throw new WireException(DropReason.MALFORMED, "an empty label");
        }
        if (config.skipInboundLabelCheck()) {
            throw new WireException(DropReason.WRONG_LABEL, "a cluster label where none is expected");
        }
        if (to - from < HEAD + length) {
            return -1;
        }
        int start = from + HEAD;
        if (!Arrays.equals(ours, 0, ours.length, source, start, start + length)) {
            // Neither label is told: this text goes back to a stranger.
            throw new WireException(
                    DropReason.WRONG_LABEL,
                    ours.length == 0 ? "a cluster label, but this cluster has none" : "the label of another cluster");
        }
        return HEAD + length;
    }
}
