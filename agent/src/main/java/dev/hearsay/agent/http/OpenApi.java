package dev.hearsay.agent.http;

import static dev.hearsay.agent.http.Schemas.object;
import static io.javalin.http.HandlerType.GET;

import dev.hearsay.agent.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes the routes as an OpenAPI 3.1 document: made of the table itself, so that neither can be without the other. */
final class OpenApi {
    private static final Pattern IN_BRACES = Pattern.compile("\\{([a-z]+)}");

    private OpenApi() {}

    /** The route that shows the document. */
    static Route route(List<Route> routes) {
        return Route.of(
                        GET,
                        "/v1/openapi.json",
                        "This document",
                        call -> call.reply("application/json", Json.bytes(document(routes))))
                .answers("application/json");
    }

    static Map<String, Object> document(List<Route> routes) {
        Schemas schemas = new Schemas();
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
                    .put(route.method().name().toLowerCase(Locale.ROOT), operation(route, schemas));
        }
        Map<String, Object> events = new LinkedHashMap<>();
        for (FeedKind kind : FeedKind.values()) {
            events.put(kind.text(), schemas.of(kind.form()));
        }
        events.put(StateFeed.PROGRESS, schemas.of(StateFeed.ProgressNews.class));
        events.put(EventStream.GAP, schemas.of(EventStream.Gap.class));
        events.put("ack", schemas.of(QueryRoutes.AckBody.class));
        events.put("answer", schemas.of(QueryRoutes.AnswerBody.class));
        events.put("done", schemas.of(QueryRoutes.QueryResultBody.class));
        events.put("error", schemas.of(Problem.ErrorBody.class));

        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", object("title", "Hearsay agent", "version", Version.text()));
        document.put("servers", List.of(object("url", "/")));
        document.put("security", List.of(object("token", List.of()), object()));
        document.put("paths", paths);
        document.put("x-events", events);
        document.put(
                "components",
                object(
                        "schemas",
                        schemas.components(),
                        "securitySchemes",
                        object("token", object("type", "http", "scheme", "bearer"))));
        return document;
    }

    private static Map<String, Object> operation(Route route, Schemas schemas) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", route.summary());
        List<Object> parameters = new ArrayList<>();
        Matcher braces = IN_BRACES.matcher(route.path());
        while (braces.find()) {
            parameters.add(object("name", braces.group(1), "in", "path", "required", true, "schema", text()));
        }
        for (Route.Parameter each : route.parameters()) {
            Map<String, Object> schema = each.repeated() ? object("type", "array", "items", text()) : text();
            parameters.add(object(
                    "name",
                    each.name(),
                    "in",
                    "query",
                    "description",
                    each.text(),
                    "required",
                    each.required(),
                    "schema",
                    schema));
        }
        operation.put("parameters", parameters);
        Class<? extends Record> body = route.body();
        if (body != null) {
            Map<String, Object> contents = content("application/json", schemas.of(body));
            if (route.takesRaw()) {
                contents.putAll(content(Route.TEXT, object()));
                contents.putAll(content(Route.BYTES, object()));
            }
            operation.put("requestBody", object("required", !route.bodyOptional(), "content", contents));
        }
        Map<String, Object> responses = new LinkedHashMap<>();
        route.answers().forEach((status, answers) -> {
            Map<String, Object> contents = new LinkedHashMap<>();
            for (Route.Answer answer : answers) {
                contents.putAll(
                        content(answer.type(), answer.schema() == null ? object() : schemas.of(answer.schema())));
            }
            responses.put(Integer.toString(status), object("description", "Done", "content", contents));
        });
        responses.put(
                "default",
                object(
                        "description",
                        "Refused, or failed",
                        "content",
                        content("application/json", schemas.of(Problem.ErrorBody.class))));
        operation.put("responses", responses);
        return operation;
    }

    private static Map<String, Object> content(String type, Map<String, Object> schema) {
        return object(type, object("schema", schema));
    }

    private static Map<String, Object> text() {
        return object("type", "string");
    }
}
