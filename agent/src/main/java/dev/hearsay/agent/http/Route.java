package dev.hearsay.agent.http;

import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be asked: what the server answers it with, and what the OpenAPI document says of it. A route is made once
 * and then only read.
 */
final class Route {
    /** The content type of server-sent events. */
    static final String EVENT_STREAM = "text/event-stream";
    /** The content type of any bytes. */
    static final String BYTES = "application/octet-stream";
    /** The content type of text. */
    static final String TEXT = "text/plain";

    private final HandlerType method;
    private final String path;
    private final String summary;
    private final Action action;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<Integer, List<Answer>> answers = new LinkedHashMap<>();
    private @Nullable Class<? extends Record> body;
    private boolean bodyOptional;
    private boolean takesRaw;

    /** Carries a request out: replies, or throws why not. Runs on a thread of the server, and may block. */
    @FunctionalInterface
    interface Action {
        void run(Call call) throws Exception;
    }

    /**
     * What may stand behind the question mark.
     *
     * @param repeated whether it may stand there more than once
     */
    record Parameter(String name, String text, boolean required, boolean repeated) {}

    /**
     * What may come back.
     *
     * @param type the content type
     * @param schema the record, if it is JSON
     */
    record Answer(String type, @Nullable Class<? extends Record> schema) {}

    private Route(HandlerType method, String path, String summary, Action action) {
        this.method = method;
        this.path = path;
        this.summary = summary;
        this.action = action;
    }

    /**
     * A route.
     *
     * @param path a part in braces is a parameter
     * @param summary one line for the OpenAPI document
     */
    static Route of(HandlerType method, String path, String summary, Action action) {
        return new Route(method, path, summary, action);
    }

    /** It understands that parameter; any that no route names is refused. */
    Route parameter(String name, String text) {
        parameters.add(new Parameter(name, text, false, false));
        return this;
    }

    /** It needs that parameter. */
    Route required(String name, String text) {
        parameters.add(new Parameter(name, text, true, false));
        return this;
    }

    /** It understands that parameter, once or more often. */
    Route repeated(String name, String text) {
        parameters.add(new Parameter(name, text, false, true));
        return this;
    }

    /** It needs a body of that form. */
    Route takes(Class<? extends Record> form) {
        body = form;
        return this;
    }

    /** It takes a body of that form; none is an empty one. */
    Route mayTake(Class<? extends Record> form) {
        bodyOptional = true;
        return takes(form);
    }

    /** It needs a body: a value as text or bytes, with the parameter {@code ttl}, or in a record of that form. */
    Route takesValue(Class<? extends Record> form) {
        takesRaw = true;
        return takes(form).parameter("ttl", "for how long, as 10m or 1h30m, if the body is the value itself");
    }

    /** It answers with that status and that record. */
    Route answers(int status, Class<? extends Record> form) {
        return answers(status, "application/json", form);
    }

    /** It answers with 200 and that content type. */
    Route answers(String type) {
        return answers(200, type, null);
    }

    /** It answers with 200 and the value itself, as bytes or text, too. */
    Route answersRaw() {
        return answers(BYTES).answers(TEXT);
    }

    private Route answers(int status, String type, @Nullable Class<? extends Record> form) {
        answers.computeIfAbsent(status, none -> new ArrayList<>()).add(new Answer(type, form));
        return this;
    }

    HandlerType method() {
        return method;
    }

    String path() {
        return path;
    }

    String summary() {
        return summary;
    }

    Action action() {
        return action;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** What may come back, by status. */
    Map<Integer, List<Answer>> answers() {
        return answers;
    }

    @Nullable Class<? extends Record> body() {
        return body;
    }

    /** Whether the body may be a value itself. */
    boolean takesRaw() {
        return takesRaw;
    }

    boolean bodyOptional() {
        return bodyOptional;
    }

    /** Whether all it answers is a stream of events. */
    boolean streams() {
        return answers.values().stream()
                .flatMap(List::stream)
                .allMatch(a -> a.type().equals(EVENT_STREAM));
    }
}
