package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.http.Site.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every refusal is JSON of one shape, says what was wrong and where, is counted, and changes nothing. */
class RefusalsTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final HttpLimits SMALL =
            new HttpLimits(1000, 2000, 3, 2, 64, Duration.ofSeconds(30), Duration.ofSeconds(15));

    private Site site;

    @BeforeEach
    void start() throws IOException {
        site = new Site(SMALL);
    }

    @AfterEach
    void stop() {
        assertEquals(List.of(), site.cluster.done);
        site.close();
    }

    @Test
    void malformedJsonIsRefusedWithLineColumnAndField() throws Exception {
        for (String[] wrong : new String[][] {
            {"{\"name\":\"x\",\n \"payload\":}", "malformed_json", "line 2, column", "payload"},
            {"{\"name\":\"x\"", "malformed_json", "line 1, column", "name"},
            {"", "malformed_json", "body", ""},
            {"null", "malformed_json", "null", ""},
            {"[]", "malformed_json", "must be an object", ""},
            {"{\"name\":\"x\"} {}", "malformed_json", "line 1, column", ""},
            {"{\"name\":\"x\",\"name\":\"y\"}", "malformed_json", "name", "name"},
            {"{\"name\":\"x\",\n\n \"paylaod\":\"\"}", "unknown_field", "line 3, column", "paylaod"},
            {"{\"name\":7}", "invalid_field", "must be a text", "name"},
            {"{\"name\":true}", "invalid_field", "must be a text", "name"},
            {"{\"name\":\"x\",\"coalesce\":\"true\"}", "invalid_field", "must be true or false", "coalesce"},
            {"{\"name\":\"x\",\"coalesce\":1}", "invalid_field", "must be true or false", "coalesce"},
            {"{\"payload\":\"x\"}", "missing_field", "name", "name"},
            {"{\"name\":null}", "missing_field", "name", "name"}
        }) {
            Answer answer = site.post("/v1/events", wrong[0]);
            assertEquals(400, answer.status(), wrong[0]);
            assertEquals(wrong[1], answer.error(), wrong[0] + answer.message());
            assertTrue(answer.message().contains(wrong[2]), wrong[0] + answer.message());
            assertEquals(wrong[3], answer.json().at("/error/field").asText(), wrong[0] + answer.message());
            assertFalse(answer.message().matches(".*(dev.hearsay|Source|jackson).*"), answer.message());
        }
        assertEquals(
                "invalid_field", site.post("/v1/join", "{\"seeds\":[null]}").error());
        assertEquals("invalid_field", site.post("/v1/join", "{\"seeds\":[1]}").error());
        assertEquals("invalid_field", site.post("/v1/join", "{\"seeds\":\"a\"}").error());
        assertEquals(
                "invalid_field",
                site.post("/v1/queries", "{\"name\":\"x\",\"relay_factor\":1.5}")
                        .error());
        assertTrue(
                site.metrics().contains("hearsay_http_refused_total{code=\"malformed_json\"} 7.0\n"), site.metrics());
    }

    @Test
    void deeplyNestedJsonIsRefused() throws Exception {
        assertEquals(400, site.post("/v1/events", "[".repeat(900)).status());
    }

    @Test
    void aPathThatIsNotThereIs404AndAMethodThatIsNotThereIs405WithTheOnesThatAre() throws Exception {
        assertEquals("not_found", site.get("/v1/nothing").error());
        assertEquals("not_found", site.get("/index.html").error());
        Answer wrong = site.send(site.request("/v1/members/real1/force-leave").DELETE());
        assertEquals(405, wrong.status());
        assertEquals("POST", wrong.header("Allow"));
        Answer options = site.send(site.request("/v1/members").method("OPTIONS", BodyPublishers.noBody()));
        assertEquals(405, options.status());
        assertEquals("GET, HEAD", options.header("Allow"));
        for (String strange : List.of("BREW", "BEFORE", "get", "A".repeat(500))) {
            Answer refused = site.send(site.request("/v1/members").method(strange, BodyPublishers.noBody()));
            assertEquals(501, refused.status(), strange);
        }
    }

    @Test
    void aHeadHasTheHeadersOfAGetAndNoBody() throws Exception {
        HttpResponse<String> head = site.client.send(
                site.request("/v1/members")
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertTrue(head.headers().firstValueAsLong("Content-Length").orElse(0) > 100);
        int status = site.client
                .send(
                        site.request("/v1/stream")
                                .method("HEAD", BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
        assertEquals(200, status);
    }

    @Test
    void aBodyOfAnotherTypeIs415AndOneThatNobodyWantsIs400() throws Exception {
        HttpRequest.Builder form = site.request("/v1/events").POST(BodyPublishers.ofString("{\"name\":\"x\"}"));
        assertEquals(415, site.send(form).status());
        assertEquals(415, site.send(form.header("Content-Type", "text/plain")).status());
        assertEquals("unexpected_body", site.post("/v1/leave", "{}").error());
    }

    @Test
    void aBodyThatIsTooLongIs413WhetherItSaysSoOrNot() throws Exception {
        String body = "{\"name\":\"" + "x".repeat(2000) + "\"}";
        assertEquals(413, site.post("/v1/events", body).status());
        HttpRequest.Builder chunked = site.request("/v1/events")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
        Answer answer = site.send(chunked);
        assertEquals(413, answer.status());
        assertEquals("body_too_long", answer.error());
    }

    @Test
    void aHeadThatIsTooLongIs431AndWhatIsNoHttpIs400() throws Exception {
        String address = "127.0.0.1:" + site.server.address().getPort();
        String longHead =
                site.raw("GET /v1/health HTTP/1.1\r\nHost: " + address + "\r\nX: " + "y".repeat(9000) + "\r\n\r\n");
        assertTrue(longHead.startsWith("HTTP/1.1 431 "), longHead);
        assertTrue(
                longHead.contains("{\"error\":{\"status\":431,\"code\":\"request_header_fields_too_large\""), longHead);
        String noise = site.raw("\u0001\u0002 nonsense\r\n\r\n");
        assertTrue(noise.startsWith("HTTP/1.1 400 "), noise);
        assertTrue(noise.contains("{\"error\":{\"status\":400,"), noise);
    }

    @Test
    void aWrongTokenIs401AndTheRightOneIsNot() throws Exception {
        site.host.token = TOKEN;
        Answer none = site.get("/v1/health");
        assertEquals(401, none.status());
        assertEquals("token_missing", none.error());
        assertEquals("Bearer realm=\"hearsay\"", none.header("WWW-Authenticate"));
        for (String wrong : List.of("Bearer x", "Bearer " + TOKEN + "0", "Bearer " + TOKEN.substring(1))) {
            Answer answer = site.send(site.request("/v1/health").header("Authorization", wrong));
            assertEquals(401, answer.status(), wrong);
            assertEquals("token_wrong", answer.error(), wrong);
            assertTrue(answer.header("WWW-Authenticate").contains("invalid_token"));
        }
        assertEquals(
                "token_missing",
                site.send(site.request("/v1/nothing").header("Authorization", "Basic x"))
                        .error());
        assertEquals(
                200,
                site.send(site.request("/v1/health").header("Authorization", "bearer " + TOKEN))
                        .status());
        site.host.token = "";
        assertTrue(site.metrics().contains("hearsay_http_refused_total{code=\"token_wrong\"} 3.0\n"));
    }

    @Test
    void onLoopbackTheHostHeaderMustNameLoopback() throws Exception {
        for (String host :
                List.of("evil.example:7474", "127.0.0.1.evil.example", "10.0.0.1", "[2001:db8::1]:80", "127.x")) {
            String said = site.raw("GET /v1/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertTrue(said.startsWith("HTTP/1.1 403 "), host + said);
            assertTrue(said.contains("host_not_allowed"), said);
        }
        for (String host : List.of("localhost", "LOCALHOST:9000", "127.0.0.1:1", "127.9.9.9", "[::1]:80")) {
            String said = site.raw("GET /v1/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertTrue(said.startsWith("HTTP/1.1 200 "), host + said);
        }
    }

    @Test
    void aCommandFromAPageOfAnotherOriginIsRefusedAndAQuestionGetsNoPermissionToBeRead() throws Exception {
        String own = "http://127.0.0.1:" + site.server.address().getPort();
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1", "file://")) {
            Answer answer =
                    site.send(site.request("/v1/leave").header("Origin", origin).POST(BodyPublishers.noBody()));
            assertEquals(403, answer.status(), origin);
            assertEquals("cross_origin", answer.error());
        }
        Answer same = site.send(Site.with(site.request("/v1/events").header("Origin", own), "POST", "{}"));
        assertEquals("missing_field", same.error());
        Answer read = site.send(site.request("/v1/health").header("Origin", "https://evil.example"));
        assertEquals(200, read.status());
        assertEquals("", read.header("Access-Control-Allow-Origin"));
    }

    @Test
    void aFurtherStreamAndAFurtherRequestAre503WithATimeToComeBack() throws Exception {
        try (InputStream first = stream();
                InputStream second = stream()) {
            Answer third = site.get("/v1/stream");
            assertEquals(503, third.status());
            assertEquals("too_many_streams", third.error());
            assertEquals("5", third.header("Retry-After"));
            try (Socket body = slowRequest()) {
                Answer fourth = site.get("/v1/health");
                assertEquals(503, fourth.status());
                assertEquals("too_many_requests", fourth.error());
                assertEquals("5", fourth.header("Retry-After"));
                assertTrue(body.isConnected() && first.available() >= 0 && second.available() >= 0);
            }
        }
    }

    private InputStream stream() throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                site.client.send(site.request("/v1/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        return answer.body();
    }

    /** A request whose body does not come; returns once it is under way. */
    private Socket slowRequest() throws IOException {
        String head = String.join(
                "\r\n",
                "POST /v1/events HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Expect: 100-continue",
                "Content-Length: 9",
                "",
                "");
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String said = "";
        while (System.nanoTime() - deadline < 0) {
            Socket socket = new Socket(
                    site.server.address().getAddress(), site.server.address().getPort());
            socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
            // The server says so when it begins to read; a request that was answered a moment ago may still be in the
            // way.
            said = new String(socket.getInputStream().readNBytes("HTTP/1.1 100".length()), StandardCharsets.US_ASCII);
            if (said.equals("HTTP/1.1 100")) {
                return socket;
            }
            socket.close();
        }
        throw new AssertionError("the server says " + said);
    }
}
