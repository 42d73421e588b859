package dev.hearsay.wire;

/**
 * Makes the object of the compression layer, with its kind: the opposite of {@link Decompressor}. Reusable.
 * Not thread-safe.
 */
final class Compressor {
    /** The kind, the head of the map, the algorithm, and the key of the compressed bytes. */
    private static final int HEAD = 2 + Field.ALGORITHM.size() + 1 + Field.BUFFER.size();

    private final LzwWriter lzw = new LzwWriter();

    /**
     * Compresses those bytes where they stand, if that makes them fewer.
     *
     * @return the position behind them, the same as before if they are left alone
     */
    int shorten(byte[] bytes, int from, int to) {
        int plain = to - from;
        int compressed = lzw.compress(bytes, from, to, plain);
        if (compressed < 0 || size(compressed) >= plain) {
            return to;
        }
        write(compressed, bytes, from);
        return from + size(compressed);
    }

    /** Compresses all of it, even if that makes it longer. */
    byte[] compress(byte[] content) {
        int compressed = lzw.compress(content, 0, content.length, Integer.MAX_VALUE);
        byte[] bytes = new byte[size(compressed)];
        write(compressed, bytes, 0);
        return bytes;
    }

    private static int size(int compressed) {
        return HEAD + MemberlistSizes.raw(compressed);
    }

    private void write(int compressed, byte[] target, int from) {
        RawWriter out = new RawWriter(target, from);
        out.octet(Kind.COMPRESS);
        out.map(2);
        out.key(Field.ALGORITHM);
        out.number(Decompressor.LZW);
        out.key(Field.BUFFER);
        out.bytes(lzw.bytes(), compressed);
    }
}
