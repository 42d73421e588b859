package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.hearsay.Hearsay;
import dev.hearsay.agent.Await;
import dev.hearsay.agent.http.Site.Answer;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.core.Config;
import dev.hearsay.wire.GossipKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says what the server does, and the page for operators names every route. */
class OpenApiTest {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void everyRouteIsInTheDocumentAndEveryPathInItIsARoute() throws Exception {
        try (Site site = new Site()) {
            JsonNode document = site.get("/v1/openapi.json").json();
            Set<String> documented = new TreeSet<>();
            for (var path : document.get("paths").properties()) {
                for (var operation : path.getValue().properties()) {
                    documented.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
            assertEquals(paths(site), documented);
            assertEquals("3.1.0", document.get("openapi").asText());
        }
    }

    @Test
    void everyReferenceInTheDocumentLeadsSomewhere() throws Exception {
        try (Site site = new Site()) {
            JsonNode document = site.get("/v1/openapi.json").json();
            List<String> references = document.findValuesAsText("$ref");
            assertTrue(references.size() > 20, references.toString());
            for (String reference : references) {
                assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
            }
        }
    }

    @Test
    void thePageForOperatorsNamesEveryRoute() throws Exception {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("docs"))) {
            root = root.getParent();
        }
        String page = Files.readString(root.resolve("docs/http-api.md"));
        try (Site site = new Site()) {
            for (String route : paths(site)) {
                assertTrue(page.contains("`" + route + "`"), route + " is not in docs/http-api.md");
            }
        }
    }

    /** Two real nodes with keys: what the routes answer is what the document says they answer. */
    @Test
    void everyAnswerOfASessionFitsItsSchema() throws Exception {
        GossipKey key = GossipKey.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        try (Cluster one = start("one", key);
                Cluster two = start("two", key)) {
            FakeHost host = new FakeHost(one);
            try (HttpServer server = Site.start(one, host, HttpLimits.DEFAULTS)) {
                JsonNode document = send(server, "GET", "/v1/openapi.json", "").json();
                Session session = new Session(server, document);
                session.ask(
                        200,
                        "POST",
                        "/v1/join",
                        "{\"seeds\":[\"127.0.0.1:" + two.self().address().getPort() + "\"]}");
                Await.until(
                        "the two know each other",
                        Duration.ofSeconds(60),
                        () -> one.members().size() == 2);
                two.onQuery("load", query -> {
                    var unused = query.respond(new byte[] {'7'});
                });
                session.ask(200, "GET", "/v1/agent", "");
                session.ask(200, "GET", "/v1/health", "");
                session.ask(200, "PUT", "/v1/agent/tags", "{\"tags\":{\"role\":\"\\\"<web>\\\"\"}}");
                session.ask(200, "GET", "/v1/members?status=alive&tag=role%3D.*web.*", "");
                session.ask(200, "GET", "/v1/members/two", "");
                session.ask(404, "GET", "/v1/members/three", "");
                past(session);
                session.ask(200, "POST", "/v1/members/two/force-leave", "{}");
                session.ask(202, "POST", "/v1/events", "{\"name\":\"deploy\",\"payload\":\"v2\"}");
                JsonNode load =
                        session.ask(200, "POST", "/v1/queries", "{\"name\":\"load\",\"ack\":true,\"nodes\":[\"two\"]}");
                assertEquals("7", load.at("/answers/0/payload").asText());
                session.ask(200, "GET", "/v1/coordinates", "");
                Await.until(
                        "coordinates are known",
                        Duration.ofSeconds(60),
                        () -> session.ask(200, "GET", "/v1/coordinates", "")
                                        .get("coordinates")
                                        .size()
                                == 2);
                session.ask(200, "GET", "/v1/rtt?from=two", "");
                JsonNode keys = session.ask(200, "GET", "/v1/keys", "");
                assertEquals(
                        KeyRoutes.fingerprint(key.toBase64()),
                        keys.at("/keys/0/fingerprint").asText());
                assertEquals(2, keys.at("/keys/0/primary").asInt());
                assertFalse(keys.toString().contains(key.toBase64()), "a key is a secret");
                host.joined = false;
                session.ask(503, "GET", "/v1/health", "");
                session.ask(400, "POST", "/v1/events", "{\"nam\":1}");
                streams(server, document, one);
                session.ask(200, "POST", "/v1/leave", "");
                Await.until("the process is told to end", Duration.ofSeconds(30), () -> host.exits.get() == 1);
            }
        }
    }

    /** What has been, of a member and of the agent. */
    private static void past(Session session) throws Exception {
        JsonNode past = session.ask(200, "GET", "/v1/members/two/history", "");
        assertEquals("joined", past.at("/entries/0/kind").asText());
        session.ask(404, "GET", "/v1/members/three/history", "");
        session.ask(200, "GET", "/v1/suspicions", "");
        Await.until(
                "a second is over",
                Duration.ofSeconds(60),
                () -> session.ask(200, "GET", "/v1/figures", "").get("samples").size() > 0);
    }

    private void streams(HttpServer server, JsonNode document, Cluster one) throws Exception {
        try (Sse stream = Sse.open(client, Site.request(server, "/v1/stream"))) {
            one.event("deploy", new byte[] {(byte) 0xff}).join();
            one.tags(Map.of("a", "b")).join();
            one.query(QueryRequest.named("load")).join();
            Set<String> kinds = new TreeSet<>();
            while (!kinds.equals(Set.of("member", "user", "query"))) {
                Sse.Told told = stream.next();
                kinds.add(told.kind());
                fits(document, "/x-events/" + told.kind(), told.data());
            }
        }
        try (Sse stream = Sse.open(client, Site.request(server, "/v1/stream?kind=figures"))) {
            Sse.Told told = stream.next();
            assertEquals("figures", told.kind());
            fits(document, "/x-events/figures", told.data());
            assertEquals(2, told.data().at("/members/alive").asInt());
        }
        HttpRequest.Builder ask =
                Site.with(Site.request(server, "/v1/queries"), "POST", "{\"name\":\"load\",\"ack\":true}");
        try (Sse stream = Sse.open(client, ask)) {
            for (Sse.Told told = stream.next(); told != null; told = stream.next()) {
                fits(document, "/x-events/" + told.kind(), told.data());
            }
        }
    }

    @Test
    void theValidatorSeesAWrongAnswer() throws Exception {
        try (Site site = new Site()) {
            JsonNode document = site.get("/v1/openapi.json").json();
            JsonNode wrong = Site.JSON.readTree("{\"live\":\"yes\"}");
            assertThrows(AssertionError.class, () -> fits(document, "/components/schemas/Health", wrong));
        }
    }

    @Test
    void twoRecordsOfOneNameAndTypesWithoutSchemaAreAMistakeOfTheProgrammer() {
        Schemas schemas = new Schemas();
        assertThrows(IllegalArgumentException.class, () -> schemas.of(Object.class));
        schemas.of(MemberBody.class);
        assertThrows(IllegalArgumentException.class, () -> schemas.of(Other.MemberBody.class));
    }

    private interface Other {
        record MemberBody(String name) {}
    }

    /** Asks, and holds the answer against the document. */
    private final class Session {
        private final HttpServer server;
        private final JsonNode document;

        Session(HttpServer server, JsonNode document) {
            this.server = server;
            this.document = document;
        }

        JsonNode ask(int status, String method, String target, String body) throws Exception {
            Answer answer = send(server, method, target, body);
            assertEquals(status, answer.status(), target + answer.response().body());
            String path = server.table().routes().stream()
                    .map(Route::path)
                    .filter(route -> target.replaceFirst("\\?.*", "").matches(route.replaceAll("\\{[a-z]+}", "[^/]+")))
                    .findFirst()
                    .orElseThrow();
            JsonNode responses = document.get("paths")
                    .get(path)
                    .get(method.toLowerCase(Locale.ROOT))
                    .get("responses");
            String known = responses.has(Integer.toString(status)) ? Integer.toString(status) : "default";
            fits(
                    document,
                    "/paths/" + path.replace("/", "~1") + "/" + method.toLowerCase(Locale.ROOT) + "/responses/" + known
                            + "/content/application~1json/schema",
                    answer.json());
            return answer.json();
        }
    }

    static void fits(JsonNode document, String pointer, JsonNode value) {
        ObjectNode schema = Site.JSON.createObjectNode();
        assertFalse(document.at(pointer).isMissingNode(), pointer);
        schema.setAll((ObjectNode) document.at(pointer));
        schema.set("components", document.get("components"));
        JsonSchema compiled = SCHEMAS.getSchema(schema);
        Set<ValidationMessage> problems = compiled.validate(value);
        assertEquals(Set.of(), problems, pointer + " " + value);
    }

    private Answer send(HttpServer server, String method, String target, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = Site.request(server, target);
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            Site.with(request, method, body);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response, Site.JSON.readTree(response.body()));
    }

    private static Cluster start(String name, GossipKey key) {
        return Hearsay.builder()
                .name(name)
                .bind("127.0.0.1", 0)
                .config(Config.local())
                .encrypt(key.toBase64())
                .start();
    }

    private static Set<String> paths(Site site) {
        Set<String> paths = new TreeSet<>();
        site.server.table().routes().forEach(route -> paths.add(route.method() + " " + route.path()));
        return paths;
    }
}
