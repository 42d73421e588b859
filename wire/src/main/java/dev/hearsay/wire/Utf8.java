package dev.hearsay.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** UTF-8 without intermediate arrays. A lone surrogate becomes a question mark, as in {@link String#getBytes}. */
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Number of bytes of the text. */
    static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                if (!Character.isSurrogate(c)) {
                    bytes += 2;
                } else if (pairAt(text, i)) {
                    // Two chars make four bytes.
                    bytes += 2;
                    i++;
                }
            } else if (c >= 0x80) {
                bytes++;
            }
        }
        return bytes;
    }

    /** Writes the text and returns the position behind it. */
    static int write(String text, byte[] target, int from) {
        int at = from;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                target[at++] = (byte) c;
            } else if (c < 0x800) {
                target[at++] = (byte) (0xC0 | (c >> 6));
                target[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                target[at++] = (byte) (0xE0 | (c >> 12));
                target[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                target[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (pairAt(text, i)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                target[at++] = (byte) (0xF0 | (point >> 18));
                target[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                target[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                target[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                target[at++] = '?';
            }
        }
        return at;
    }

    /** The text of those bytes, or null if they are not well-formed UTF-8. */
    static @Nullable String strict(byte[] source, int from, int length) {
        String text = new String(source, from, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        // Either the sender wrote that very character, or the decoder put it in place of something broken.
        byte[] again = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, 0, again.length, source, from, from + length) ? text : null;
    }

    /** The longest beginning of the text that takes so many bytes at most. */
    static String cut(String text, int most) {
        int bytes = 0;
        int at = 0;
        while (at < text.length()) {
            int next = text.offsetByCodePoints(at, 1);
            bytes += length(text.substring(at, next));
            if (bytes > most) {
                return text.substring(0, at);
            }
            at = next;
        }
        return text;
    }

    private static boolean pairAt(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }
}
