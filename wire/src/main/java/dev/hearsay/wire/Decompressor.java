package dev.hearsay.wire;

/**
 * The object of the compression layer: a map of an algorithm, which has to be LZW, and compressed bytes (memberlist
 * {@code compress}). Hands out what they expand to piece by piece; the caller sets the bound. Reusable. Not thread-safe.
 */
final class Decompressor {
    /** Its number on the wire. */
    static final int LZW = 0;

    private final RawReader in = new RawReader();
    private final Fields fields = new Fields(in);
    private final LzwReader lzw = new LzwReader();

    /**
     * Begins with the map in those bytes, which must stay as they are until all is read.
     *
     * @return the number of compressed bytes in it
     */
    int begin(byte[] source, int from, int to) throws WireException {
        in.reset(source, from, to);
        fields.read(Field.ALGORITHM.bit() | Field.BUFFER.bit());
        long algorithm = fields.number(Field.ALGORITHM, 0xFF);
        if (algorithm != LZW) {
            throw new WireException(
                    DropReason.UNKNOWN_COMPRESSION,
                    "compression algorithm " + algorithm + " is unknown: must be 0, LZW");
        }
        int length = fields.length(Field.BUFFER, Limits.STREAM_BYTES);
        int start = fields.start(Field.BUFFER);
        lzw.reset(source, start, start + length);
        return length;
    }

    /** Expands into the target between the two positions; the number of bytes written, 0 at the end. */
    int read(byte[] target, int from, int to) throws WireException {
        return lzw.read(target, from, to);
    }
}
