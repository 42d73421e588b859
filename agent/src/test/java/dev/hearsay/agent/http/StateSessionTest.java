package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearsay.agent.InsideAgent;
import dev.hearsay.core.Bytes;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A session with three agents that share state, as it stands in {@code state-session.txt}: a request begins with the agent's name, its answer
 * follows indented. What only reads is asked again until it answers so. With {@code -Dtranscripts.rewrite=true} the file is written anew.
 */
class StateSessionTest {
    private static final Path FILE = Path.of("src/test/resources/http/state-session.txt");
    private static final boolean REWRITE = Boolean.getBoolean("transcripts.rewrite");
    private static final Duration BOUND = Duration.ofSeconds(REWRITE ? 2 : 60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, HttpServer> servers = new LinkedHashMap<>();
    private final Set<String> used = new TreeSet<>();

    /** A request of the file, after the agent's name. */
    private record Line(String method, String target, Map<String, String> headers, Bytes body) {
        static Line parse(String text) {
            String[] words = text.split(" ", 3);
            String rest = words.length == 3 ? words[2] : "";
            Map<String, String> headers = new LinkedHashMap<>();
            while (rest.matches("(Accept|Content-Type):\\S+.*")) {
                String[] parts = rest.split(" ", 2);
                headers.put(parts[0].split(":", 2)[0], parts[0].split(":", 2)[1]);
                rest = parts.length == 2 ? parts[1] : "";
            }
            if (rest.startsWith("{")) {
                headers.put("Content-Type", "application/json");
            }
            return new Line(words[0], words[1], headers, bytes(rest));
        }

        private static Bytes bytes(String text) {
            return Bytes.of(
                    text.startsWith("base64:")
                            ? Base64.getDecoder().decode(text.substring(7))
                            : text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void threeAgentsAnswerAsTheTranscriptSays() throws Exception {
        try (InsideAgent one = InsideAgent.start("one", Map.of());
                InsideAgent two = InsideAgent.start("two", Map.of());
                InsideAgent three = InsideAgent.start("three", Map.of());
                HttpServer first = serve(one);
                HttpServer second = serve(two);
                HttpServer third = serve(three)) {
            servers.put("one", first);
            servers.put("two", second);
            servers.put("three", third);
            two.join(one, 2);
            three.join(one, 3);
            JsonNode document = Site.JSON.readTree(
                    send(first, Line.parse("GET /v1/openapi.json")).body());
            List<String> expected = Files.readAllLines(FILE);
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < expected.size(); i++) {
                String line = expected.get(i);
                if (line.isEmpty() || line.startsWith("#")) {
                    seen.add(line);
                } else if (!line.startsWith(" ")) {
                    seen.add(line);
                    String next = i + 1 < expected.size() ? expected.get(i + 1) : "";
                    seen.add("    " + answer(document, line, next.trim()));
                }
            }
            if (REWRITE) {
                Files.write(FILE, seen);
            }
            assertEquals(String.join("\n", expected), String.join("\n", seen));
            everyRouteWasUsed(first);
        }
    }

    private void everyRouteWasUsed(HttpServer server) {
        Set<String> all = new TreeSet<>();
        server.table().routes().stream()
                .filter(route -> route.path().startsWith("/v1/state"))
                .forEach(route -> all.add(route.method() + " " + route.path()));
        assertTrue(all.size() > 15, all.toString());
        assertEquals(all, used);
    }

    /** Asks; what only reads, until it answers as expected. */
    private String answer(JsonNode document, String request, String expected) throws Exception {
        String[] words = request.split(" ", 2);
        HttpServer server = servers.get(words[0]);
        Line line = Line.parse(words[1]);
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (true) {
            HttpResponse<byte[]> response = send(server, line);
            String shown = shown(response);
            if (shown.equals(expected) || !line.method().equals("GET") || System.nanoTime() > deadline) {
                fits(document, server, line, response);
                return shown;
            }
            Thread.onSpinWait();
        }
    }

    private void fits(JsonNode document, HttpServer server, Line line, HttpResponse<byte[]> response) throws Exception {
        String path = server.table().routes().stream()
                .filter(route -> route.method().name().equals(line.method()))
                .map(Route::path)
                .filter(route ->
                        line.target().replaceFirst("\\?.*", "").matches(route.replaceAll("\\{[a-z]+}", "[^/]+")))
                .findFirst()
                .orElseThrow();
        used.add(line.method() + " " + path);
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (type.equals("application/json")) {
            String status = response.statusCode() == 200 ? "200" : "default";
            String pointer =
                    "/paths/" + path.replace("/", "~1") + "/" + line.method().toLowerCase(Locale.ROOT) + "/responses/"
                            + status + "/content/application~1json/schema";
            OpenApiTest.fits(document, pointer, Site.JSON.readTree(response.body()));
        }
    }

    /** Status, content type unless it is JSON, and body; without figures, which depend on time. */
    private static String shown(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        String text = Payload.text(Bytes.of(response.body()));
        String body = text == null ? "base64:" + Base64.getEncoder().encodeToString(response.body()) : text;
        return response.statusCode() + " "
                + (type.equals("application/json") ? "" : type + " ")
                + body.replaceFirst("\"stats\":\\{[^}]*}", "\"stats\":{}");
    }

    private HttpResponse<byte[]> send(HttpServer server, Line line) throws Exception {
        HttpRequest.Builder request = Site.request(server, line.target());
        line.headers().forEach(request::header);
        return client.send(
                request.method(
                                line.method(),
                                HttpRequest.BodyPublishers.ofByteArray(
                                        line.body().toArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpServer serve(InsideAgent agent) throws Exception {
        return Site.start(agent.cluster(), new FakeHost(agent.cluster()), HttpLimits.DEFAULTS);
    }
}
