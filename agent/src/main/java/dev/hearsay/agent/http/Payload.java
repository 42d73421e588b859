package dev.hearsay.agent.http;

import dev.hearsay.core.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Bytes that are usually text, in JSON: as text where they are UTF-8, and as Base64 in any case. */
final class Payload {
    private Payload() {}

    /** The bytes as text; null if they are not UTF-8. */
    static @Nullable String text(Bytes payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload.toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    static String base64(Bytes payload) {
        return Base64.getEncoder().encodeToString(payload.toArray());
    }

    /** What a request says in one of its two fields; empty if in none. */
    static byte[] read(@Nullable String text, @Nullable String base64) throws Problem {
        if (text != null && base64 != null) {
            throw Problem.invalid("payload_base64", "payload and payload_base64 exclude each other");
        }
        if (base64 == null) {
            return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("payload_base64", "must be Base64: " + e.getMessage());
        }
    }
}
