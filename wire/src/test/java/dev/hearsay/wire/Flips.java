package dev.hearsay.wire;

import dev.hearsay.wire.Vectors.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What comes of one vector when one of its bits is flipped, for each of them. */
final class Flips {
    private final Vector vector;
    private final Object original;
    private final Map<String, Integer> refused = new TreeMap<>();
    private final Map<String, Integer> changed = new TreeMap<>();
    private final List<String> places = new ArrayList<>();
    private int same;
    private int waiting;

    private Flips(Vector vector) {
        this.vector = vector;
        try {
            original = decode(vector, vector.bytes(), new DropCounters());
        } catch (WireException e) {
            throw new AssertionError(vector + " cannot be read", e);
        }
    }

    static Flips of(Vector vector) {
        Flips flips = new Flips(vector);
        byte[] bytes = vector.bytes();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte mask = (byte) (1 << bit % 8);
            bytes[bit / 8] ^= mask;
            flips.add(bytes, bit);
            bytes[bit / 8] ^= mask;
        }
        return flips;
    }

    private void add(byte[] bytes, int bit) {
        DropCounters drops = new DropCounters();
        Object message;
        try {
            message = decode(vector, bytes, drops);
        } catch (WireException e) {
            refused.merge(e.reason().name(), 1, Integer::sum);
            return;
        }
        if (message == null) {
            waiting++;
        } else if (message.equals(original)) {
            same++;
        } else {
            String change = String.join(" and ", Changes.between(original, message));
            if (drops.total() > 0) {
                change += " (" + drops + ")";
            }
            changed.merge(change, 1, Integer::sum);
            places.add("byte " + bit / 8 + " bit " + bit % 8 + ": " + change);
        }
    }

    private static @Nullable Object decode(Vector vector, byte[] bytes, DropCounters drops) throws WireException {
        if (vector.packet()) {
            return vector.packetCodec(drops).decode(bytes, 0, bytes.length);
        }
        StreamDecoder decoder = vector.decoder(drops);
        decoder.feed(bytes, 0, bytes.length);
        return decoder.next();
    }

    /** Where a flip gives another message, and which. */
    List<String> places() {
        return places;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(vector.name());
        text.append(": ").append(8 * vector.bytes().length).append(" bits\n");
        refused.forEach((reason, count) -> line(text, reason, count));
        line(text, "the same message", same);
        line(text, "waits for more", waiting);
        changed.forEach((change, count) -> line(text, change, count));
        return text.toString();
    }

    private static void line(StringBuilder text, String what, int count) {
        if (count > 0) {
            text.append(String.format(Locale.ROOT, "%8d  %s\n", count, what));
        }
    }
}
