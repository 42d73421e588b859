package dev.hearsay.api.node.state;

import dev.hearsay.core.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Keys as text. Other programs may write keys that are no UTF-8: each byte that cannot be read becomes one character that cannot be
 * written, U+DC80 to U+DCFF, which no text has by itself. So no two keys look the same, and whoever is shown a key can give it back.
 */
public final class KeyText {
    private static final char FIRST_ESCAPE = 0xDC80;
    private static final char LAST_ESCAPE = 0xDCFF;
    private static final int BYTE = 0xFF;

    private KeyText() {}

    /** The text of a key. */
    public static String text(Bytes key) {
        ByteBuffer in = ByteBuffer.wrap(key.toArray());
        CharBuffer out = CharBuffer.allocate(in.remaining());
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        for (CoderResult result = decoder.decode(in, out, true);
                result.isError();
                result = decoder.reset().decode(in, out, true)) {
            for (int i = result.length(); i > 0; i--) {
                out.put((char) (0xDC00 | (in.get() & BYTE)));
            }
        }
        return out.flip().toString();
    }

    /**
     * The bytes of a key.
     *
     * @throws IllegalArgumentException if it has half a pair of surrogates that stands for no byte either
     */
    public static Bytes bytes(String key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(key.length());
        int from = 0;
        for (int i = 0; i < key.length(); i++) {
            boolean escape = key.charAt(i) >= FIRST_ESCAPE
                    && key.charAt(i) <= LAST_ESCAPE
                    && (i == 0 || !Character.isHighSurrogate(key.charAt(i - 1)));
            if (escape) {
                bytes.writeBytes(utf8("key", key.substring(from, i)));
                bytes.write(key.charAt(i) & BYTE);
                from = i + 1;
            }
        }
        bytes.writeBytes(utf8("key", key.substring(from)));
        return Bytes.adopt(bytes.toByteArray());
    }

    /**
     * The same name.
     *
     * @throws IllegalArgumentException if it cannot be written in UTF-8: others would know it by another name
     */
    static String name(String name) {
        utf8("name", name);
        return name;
    }

    private static byte[] utf8(String what, String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    what + " '" + text + "' is no text: it has half a pair of surrogates, which UTF-8 cannot say", e);
        }
    }
}
