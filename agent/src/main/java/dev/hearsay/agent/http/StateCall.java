package dev.hearsay.agent.http;

import dev.hearsay.agent.GoDuration;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.State;
import dev.hearsay.api.StoreOverrun;
import dev.hearsay.api.node.state.KeyText;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateOverrun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the routes of shared state have in common: names in paths, values in bodies, and why a write is refused. */
final class StateCall {
    /** Most keys in one answer. */
    static final int MOST_KEYS = 1000;
    /** How many keys an answer has if nobody says. */
    static final int KEYS = 100;
    /** When to come back if the disk is too slow. */
    private static final int STORE_RETRY_SECONDS = 1;

    private final Cluster cluster;
    private final Call call;

    StateCall(Cluster cluster, Call call) {
        this.cluster = cluster;
        this.call = call;
    }

    /** A value, or an element of a set. */
    record ValueBody(
            @Doc(value = "The value as text", optional = true) @Nullable String value,

            @Doc(value = "The value in Base64, instead", optional = true) @Nullable String valueBase64,

            @Doc(value = "For how long, as 10m or 1h30m; for good by default", optional = true) @Nullable String ttl) {}

    /** A write took place. */
    record WrittenBody(
            @Doc("Always true: this agent has it, in its file if it has one; the others a moment later")
            boolean written) {}

    /**
     * What a request gives.
     *
     * @param timeToLive zero for good
     */
    record Value(Bytes content, Duration timeToLive) {}

    /** The shared state; 409 if this agent takes no part in it. */
    State state() throws Problem {
        State state;
        try {
            state = cluster.state();
        } catch (IllegalStateException e) {
            throw new Problem(409, "state_off", String.valueOf(e.getMessage()), null);
        }
        if (!state.config().enabled()) {
            throw new Problem(
                    409,
                    "state_off",
                    "this agent takes no part in shared state: it was started with -state=false",
                    null);
        }
        return state;
    }

    /** The name of a collection or a member, from the path. */
    String name(String part) throws Problem {
        byte[] bytes = call.pathBytes(part);
        String name = Payload.text(Bytes.of(bytes));
        if (name == null || bytes.length > EntryId.MAX_COLLECTION_BYTES || name.indexOf('\0') >= 0) {
            throw Problem.invalid(
                    part, "must be 1 to " + EntryId.MAX_COLLECTION_BYTES + " bytes of UTF-8, none of them zero");
        }
        return name;
    }

    /** A key, or an element of a set, from the path: any bytes. */
    byte[] keyBytes(String part) throws Problem {
        return shortEnough(part, call.pathBytes(part));
    }

    /** The same as the API knows it; see {@link KeyText}. */
    String key(String part) throws Problem {
        return KeyText.text(Bytes.of(keyBytes(part)));
    }

    static byte[] shortEnough(String field, byte[] key) throws Problem {
        if (key.length > EntryId.MAX_KEY_BYTES) {
            throw Problem.invalid(
                    field, "must have at most " + EntryId.MAX_KEY_BYTES + " bytes, and has " + key.length);
        }
        return key;
    }

    /** The value that the request gives: its body if that is text or bytes, else in JSON. */
    Value value() throws Problem, IOException {
        byte[] raw = call.rawBody();
        if (raw != null) {
            return new Value(within("value", raw), timeToLive(call.parameter("ttl")));
        }
        if (call.parameter("ttl") != null) {
            throw Problem.invalid("ttl", "stands in the body if that is JSON, not behind the question mark");
        }
        ValueBody body = call.body(ValueBody.class);
        byte[] content = either("value", body.value(), body.valueBase64());
        return new Value(within("value", content), timeToLive(body.ttl()));
    }

    /** The bytes that stand in one of two fields. */
    static byte[] either(String field, @Nullable String text, @Nullable String base64) throws Problem {
        if ((text == null) == (base64 == null)) {
            throw text == null
                    ? new Problem(400, "missing_field", field + ": is missing, and " + field + "_base64, too", field)
                    : Problem.invalid(field + "_base64", field + " and " + field + "_base64 exclude each other");
        }
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(field + "_base64", "must be Base64: " + e.getMessage());
        }
    }

    private Bytes within(String field, byte[] value) throws Problem {
        int most = state().config().maxValueBytes();
        if (value.length > most) {
            throw new Problem(
                    413,
                    "value_too_long",
                    field + ": has " + value.length + " bytes and must have at most " + most + ", see -state-max-value",
                    field);
        }
        return Bytes.of(value);
    }

    /** A time to live; zero for good. */
    static Duration timeToLive(@Nullable String text) throws Problem {
        try {
            return text == null ? Duration.ZERO : GoDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("ttl", String.valueOf(e.getMessage()));
        }
    }

    /** Answers with a value in the form that the client wants: the first of those in {@code Accept} that there is. */
    void reply(byte[] value, Record json) throws Problem, IOException {
        String accept = call.header("Accept");
        for (String each : accept == null ? new String[] {"*/*"} : accept.split(",", -1)) {
            String type = each.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
            switch (type) {
                case "application/json", "*/*", "application/*" -> {
                    call.reply(200, json);
                    return;
                }
                case Route.BYTES -> {
                    call.reply(Route.BYTES, value);
                    return;
                }
                case Route.TEXT, "text/*" -> {
                    if (Payload.text(Bytes.of(value)) != null) {
                        call.reply("text/plain; charset=utf-8", value);
                        return;
                    }
                }
                default -> {
                    // The client may know another.
                }
            }
        }
        throw new Problem(
                406,
                "not_acceptable",
                "this comes as application/json, as " + Route.BYTES + ", and as " + Route.TEXT + " if it is UTF-8",
                null);
    }

    /** Whether the client wants the value as it is, not JSON. */
    boolean wantsRaw() {
        String accept = call.header("Accept");
        String first = accept == null ? "" : accept.split("[,;]", 2)[0].trim().toLowerCase(Locale.ROOT);
        return first.equals(Route.BYTES) || first.startsWith("text/");
    }

    /** Waits for a write, and says in the terms of HTTP why it is refused. */
    <T> T await(CompletableFuture<T> write) throws Problem {
        return call.await(write, this::problem);
    }

    private @Nullable Problem problem(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof StateOverrun overrun) {
            int seconds = (int) Math.min(3600, Math.max(1, (overrun.retryAfterMillis() + 999) / 1000));
            return new Problem(429, "state_overrun", message, null).retryAfter(seconds);
        } else if (cause instanceof StoreOverrun) {
            return new Problem(429, "store_overrun", message, null).retryAfter(STORE_RETRY_SECONDS);
        } else if (cause instanceof IOException) {
            return new Problem(
                    500,
                    "not_durable",
                    "the write has taken place and spreads, but this agent could not keep it in its file: " + message,
                    null);
        } else if (cause instanceof IllegalStateException) {
            return cluster.closed().isDone()
                    ? new Problem(503, "shutting_down", "the agent is shutting down", null)
                    : new Problem(507, "state_full", message, null);
        }
        return null;
    }
}
