package dev.hearsay.agent.rpc;

import dev.hearsay.api.StateType;
import dev.hearsay.api.node.state.KeyText;
import dev.hearsay.core.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request about shared state. Unlike Serf's, its fields must be what they should be: what is of another type is an error that
 * names field and rule, not a zero. Fields that are missing or nil have the value the methods say; unknown ones are ignored.
 */
final class StateRequest {
    private static final String TYPES =
            Arrays.stream(StateType.values()).map(StateType::text).collect(Collectors.joining(", "));

    private final RpcMap body;

    StateRequest(RpcMap body) {
        this.body = body;
    }

    /** The field {@code Type}; null if it is missing. */
    @Nullable StateType type() throws InvalidException {
        String text = text("Type");
        for (StateType type : StateType.values()) {
            if (type.text().equals(text)) {
                return type;
            }
        }
        if (!text.isEmpty()) {
            throw new InvalidException("Type", "'" + shown(text) + "' is none of " + TYPES);
        }
        return null;
    }

    /** The field {@code Type}, which must be there. */
    StateType neededType() throws InvalidException {
        StateType type = type();
        if (type == null) {
            throw new InvalidException("Type", "must be given: " + TYPES);
        }
        return type;
    }

    /** A text that must be there. */
    String neededText(String name) throws InvalidException {
        String text = text(name);
        if (text.isEmpty()) {
            throw new InvalidException(name, "must be given");
        }
        return text;
    }

    /** A text; empty if it is missing. */
    String text(String name) throws InvalidException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(name)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidException(name, "must be text in UTF-8");
        }
    }

    /** The field {@code Key} of a map; need not be text, see {@link KeyText}. */
    String key() throws InvalidException {
        return KeyText.text(Bytes.of(bytes("Key")));
    }

    /** The field {@code Key} of a fact, which must be there. */
    String neededKey() throws InvalidException {
        String key = key();
        if (key.isEmpty()) {
            throw new InvalidException("Key", "must be given");
        }
        return key;
    }

    /** Bytes; none if they are missing. */
    byte[] bytes(String name) throws InvalidException {
        Object value = body.raw(name);
        if (value != null && !(value instanceof byte[])) {
            throw new InvalidException(name, "must be text or bytes");
        }
        return body.bytes(name);
    }

    /** A whole number; 0 if it is missing. */
    long number(String name) throws InvalidException {
        Object value = body.raw(name);
        if (value != null && !(value instanceof Long)) {
            throw new InvalidException(name, "must be a whole number");
        }
        return body.number(name);
    }

    /** The field {@code TimeToLive}, in nanoseconds; zero, for ever, if it is missing. Less than a millisecond counts as one. */
    Duration timeToLive() throws InvalidException {
        long nanos = number("TimeToLive");
        if (nanos < 0) {
            throw new InvalidException("TimeToLive", nanos + " ns must be 0, for ever, or more");
        }
        return nanos == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(1, nanos / 1_000_000));
    }

    /** How a text is repeated in an error: a long one not whole. */
    static String shown(String text) {
        return text.length() > 64 ? text.substring(0, 64) + "..." : text;
    }

    /** A field that breaks a rule. The message names both. */
    static final class InvalidException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidException(String field, String rule) {
            super(field + ": " + rule);
        }
    }
}
