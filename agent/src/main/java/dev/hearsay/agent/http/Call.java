package dev.hearsay.agent.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request to one route, and its answer. Belongs to the thread that carries it out. */
final class Call {
    /** Bound on what waits for the network and has no shorter bound of its own. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Context context;
    private final Route route;
    private final HttpLimits limits;

    Call(Context context, Route route, HttpLimits limits) {
        this.context = context;
        this.route = route;
        this.limits = limits;
    }

    /**
     * Checks what can be checked for every route: that no parameter is unknown, missing, or there too often, and that there is
     * no body where none is wanted.
     */
    void check() throws Problem, IOException {
        List<String> known =
                route.parameters().stream().map(Route.Parameter::name).toList();
        for (String name : context.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                String all = known.isEmpty() ? "; there is none here" : ", only " + String.join(", ", known);
                throw new Problem(400, "unknown_parameter", "there is no parameter '" + name + "'" + all, name);
            }
        }
        for (Route.Parameter parameter : route.parameters()) {
            int times = context.queryParams(parameter.name()).size();
            if (times > 1 && !parameter.repeated()) {
                throw Problem.invalid(parameter.name(), "must be there once, not " + times + " times");
            }
            if (times == 0 && parameter.required()) {
                throw new Problem(400, "missing_field", parameter.name() + ": is missing", parameter.name());
            }
        }
        if (route.body() == null && content().length > 0) {
            throw new Problem(400, "unexpected_body", "this takes no body", null);
        }
    }

    /** The part of the path that stands where the route has that name in braces. */
    String path(String name) {
        return context.pathParam(name);
    }

    /**
     * The bytes of that part of the path, of which any may be written as {@code %2F}: a slash, a percent sign, what is no UTF-8.
     *
     * @throws Problem 400 if a percent sign begins no such triple
     */
    byte[] pathBytes(String name) throws Problem {
        int at = List.of(route.path().split("/", -1)).indexOf("{" + name + "}");
        String raw = context.req().getRequestURI().split("/", -1)[at];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else if (i + 2 < raw.length() && raw.substring(i + 1, i + 3).matches("[0-9a-fA-F]{2}")) {
                bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                throw Problem.invalid(name, "has a percent sign without two hexadecimal digits behind it");
            }
        }
        return bytes.toByteArray();
    }

    /** The parameter; null if it is not there. */
    @Nullable String parameter(String name) {
        return context.queryParam(name);
    }

    /** The parameter, as often as it is there. */
    List<String> parameters(String name) {
        return context.queryParams(name);
    }

    /** A number among the parameters, or the one to take if it is not there. */
    int number(String name, int otherwise, int least, int most) throws Problem {
        String text = parameter(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw Problem.invalid(name, "must be a whole number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    /** A header; null if it is not there. */
    @Nullable String header(String name) {
        return context.header(name);
    }

    /** Whether the client wants server-sent events. */
    boolean wantsStream() {
        String accept = context.header("Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains(Route.EVENT_STREAM);
    }

    /** The body, as the form that the route takes. */
    <T extends Record> T body(Class<T> form) throws Problem, IOException {
        byte[] content = content();
        if (content.length == 0 && route.bodyOptional()) {
            return Json.read(new byte[] {'{', '}'}, form);
        }
        String type = context.contentType();
        if (!essence().equals("application/json")) {
            String raw = route.takesRaw() ? ", " + Route.TEXT + " or " + Route.BYTES : "";
            throw new Problem(
                    415,
                    "unsupported_media_type",
                    "the body must be application/json" + raw + ", not " + (type == null ? "of no type" : type),
                    null);
        }
        return Json.read(content, form);
    }

    /** The body as it is, if it is text or bytes; else null. */
    byte @Nullable [] rawBody() throws Problem, IOException {
        String type = essence();
        return type.equals(Route.TEXT) || type.equals(Route.BYTES) ? content() : null;
    }

    /** The content type of the body without its parameters. */
    private String essence() {
        String type = context.contentType();
        return type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    private byte[] content() throws Problem, IOException {
        Problem tooLong =
                new Problem(413, "body_too_long", "the body must have at most " + limits.bodyBytes() + " bytes", null);
        if (context.req().getContentLengthLong() > limits.bodyBytes()) {
            throw tooLong;
        }
        InputStream in = context.req().getInputStream();
        byte[] content = in.readNBytes(limits.bodyBytes() + 1);
        if (content.length > limits.bodyBytes()) {
            throw tooLong;
        }
        return content;
    }

    /** Answers; when it returns, the client has been sent everything. */
    void reply(int status, Record body) throws IOException {
        reply(context.res(), status, "application/json", Json.bytes(body));
    }

    /** Answers with 200 and what is no record. */
    void reply(String type, byte[] content) throws IOException {
        reply(context.res(), 200, type, content);
    }

    static void reply(HttpServletResponse response, int status, String type, byte[] content) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(content.length);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.getOutputStream().write(content);
        response.flushBuffer();
    }

    /** What events are written to. */
    HttpServletResponse response() {
        return context.res();
    }

    /**
     * Waits for it, within {@link #PATIENCE}.
     *
     * @throws Problem 400 if the cluster refuses what was asked, 504 if it takes too long, 502 if it fails
     */
    <T> T await(CompletableFuture<T> future) throws Problem {
        return await(future, none -> null);
    }

    /** The same, with other words for some failures: null for those that have none. */
    <T> T await(CompletableFuture<T> future, Function<Throwable, @Nullable Problem> words) throws Problem {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Problem problem = words.apply(cause(e));
            throw problem == null ? refusal(e) : problem;
        } catch (TimeoutException e) {
            future.cancel(false);
            throw new Problem(504, "timeout", "not done within " + PATIENCE.toSeconds() + " s", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(503, "shutting_down", "the agent is shutting down", null);
        }
    }

    /** Why the cluster did not do it, without what futures wrap around the reason. */
    static Problem refusal(Throwable failure) {
        Throwable cause = cause(failure);
        String message = String.valueOf(cause.getMessage());
        return cause instanceof IllegalArgumentException
                ? new Problem(400, "refused", message, null)
                : new Problem(502, "failed", message, null);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
