package dev.hearsay.wire;

import dev.hearsay.core.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tags of a Serf member, which travel as its metadata: one byte {@code ff} and a msgpack map of texts. */
public final class Tags {
    private static final int MAGIC = 0xFF;
    /** The one tag of old Serf members, whose whole metadata is its value. */
    private static final String ROLE = "role";

    private Tags() {}

    /** The metadata with these tags alone, as a Serf agent writes it. */
    public static Bytes encode(Map<String, String> tags) {
        return encode(tags, Collections.emptySet());
    }

    /**
     * The metadata with these tags, sorted by key, so that equal tags are equal bytes, and the capabilities behind them.
     *
     * @throws IllegalArgumentException above {@link Limits#META_BYTES} bytes in all, naming the sizes and the limit
     */
    public static Bytes encode(Map<String, String> tags, Set<Capability> capabilities) {
        SortedMap<String, String> sorted = new TreeMap<>(tags);
        int trailer = Trailer.size(capabilities);
        long size = 1L + header(sorted.size(), 16) + trailer;
        for (Map.Entry<String, String> tag : sorted.entrySet()) {
            size += size(tag.getKey()) + size(tag.getValue());
        }
        if (size > Limits.META_BYTES) {
            throw new IllegalArgumentException("the tags take " + (size - trailer) + " bytes encoded"
                    + (trailer == 0 ? "" : ", and the capabilities behind them " + trailer) + ": must be at most "
                    + Limits.META_BYTES + " (memberlist's limit for metadata)");
        }
        byte[] meta = new byte[(int) size];
        RawWriter out = new RawWriter(meta, 0);
        out.octet(MAGIC);
        out.map(sorted.size());
        for (Map.Entry<String, String> tag : sorted.entrySet()) {
            out.text(tag.getKey());
            out.text(tag.getValue());
        }
        Trailer.write(capabilities, out);
        return Bytes.adopt(meta);
    }

    /**
     * The tags in a member's metadata, in the order of their keys. Bytes behind the map are left alone: they are a
     * {@link Trailer}. Metadata without the magic byte is the value of the tag {@code role}, as in
     * Serf; metadata that cannot be read has no tags. Never throws.
     */
    public static Map<String, String> decode(Bytes meta) {
        byte[] bytes = meta.toArray();
        if (bytes.length == 0 || (bytes[0] & 0xFF) != MAGIC) {
            return Collections.singletonMap(ROLE, new String(bytes, StandardCharsets.UTF_8));
        }
        RawReader in = new RawReader();
        in.reset(bytes, 1, bytes.length);
        try {
            SortedMap<String, String> tags = new TreeMap<>();
            int entries = in.map();
            for (int i = 0; i < entries; i++) {
                tags.put(text(in), text(in));
            }
            return Collections.unmodifiableSortedMap(tags);
        } catch (WireException e) {
            return Collections.emptyMap();
        }
    }

    /** Where the tags end in a member's metadata; its length if there are none, or none that can be read. */
    static int end(Bytes meta) {
        if (meta.length() == 0 || (meta.at(0) & 0xFF) != MAGIC) {
            return meta.length();
        }
        RawReader in = new RawReader();
        in.reset(meta.toArray(), 1, meta.length());
        try {
            int entries = in.map();
            for (int i = 0; i < 2 * entries; i++) {
                pass(in);
            }
            return in.position();
        } catch (WireException e) {
            return meta.length();
        }
    }

    private static String text(RawReader in) throws WireException {
        int length = pass(in);
        return new String(in.source(), in.position() - length, length, StandardCharsets.UTF_8);
    }

    /** Goes behind a text, or nil, which counts as an empty one; returns how many bytes the text itself has. */
    private static int pass(RawReader in) throws WireException {
        if (in.peek() == RawReader.Type.NIL) {
            in.skip();
            return 0;
        }
        int length = in.raw();
        in.position(in.position() + length);
        return length;
    }

    private static long size(String text) {
        long length = Utf8.length(text);
        return header(length, 32) + length;
    }

    private static int header(long length, int fixed) {
        return length < fixed ? 1 : length < 0x10000 ? 3 : 5;
    }
}
