package dev.hearsay.wire;

import dev.hearsay.core.Bytes;

/** A byte string that is written piece by piece, of a length known beforehand. */
final class RawBytes {
    final RawWriter writer;
    private final byte[] content;

    RawBytes(int length) {
        content = new byte[length];
        writer = new RawWriter(content, 0);
    }

    /** What was written; nothing may be written any more. */
    Bytes bytes() {
        if (writer.position() != content.length) {
            throw new IllegalStateException(
                    writer.position() + " bytes were written where " + content.length + " were foreseen");
        }
        return Bytes.adopt(content);
    }
}
