package dev.hearsay.agent.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How values of shared state, which are bytes, are shown: as text if they are that, else in Base64. */
final class Shown {
    private Shown() {}

    /** The text that the bytes are in UTF-8; null if they are none. */
    static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** In Base64. */
    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** In a line with others: what would break the line, or command the terminal, is escaped. */
    static String cell(byte[] bytes, boolean asBase64) {
        String text = asBase64 ? null : text(bytes);
        return text == null ? "base64:" + base64(bytes) : cell(text);
    }

    /** A text in a line with others. */
    static String cell(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        // All of these are below 0x100.
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 0xf, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    /** In JSON: under {@code name} if the bytes are text, else under {@code base64}. */
    static void put(Map<String, Object> json, String name, byte[] bytes, boolean asBase64) {
        String text = asBase64 ? null : text(bytes);
        if (text == null) {
            json.put(name.equals("value") ? "base64" : name + "_base64", base64(bytes));
        } else {
            json.put(name, text);
        }
    }
}
