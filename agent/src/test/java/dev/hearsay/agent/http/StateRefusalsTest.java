package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearsay.Hearsay;
import dev.hearsay.agent.http.Site.Answer;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.QuarantinedEntry;
import dev.hearsay.api.StoreOverrun;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.StateConfig;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is refused of requests about shared state, with which status, naming what. */
class StateRefusalsTest {
    private static final String LONG = "a".repeat(513);

    private static Cluster start(Consumer<StateConfig.Changes> changes) {
        return start("one", changes);
    }

    private static Cluster start(String name, Consumer<StateConfig.Changes> changes) {
        return Hearsay.builder()
                .name(name)
                .bind("127.0.0.1", 0)
                .state(StateConfig.DEFAULTS.with(changes))
                .start();
    }

    private static Site site(Cluster cluster) throws IOException {
        return new Site(new FakeState(cluster.state()), HttpLimits.DEFAULTS);
    }

    private static Answer put(Site site, String path, String value) throws Exception {
        return site.send(site.request(path).header("Content-Type", "text/plain").PUT(BodyPublishers.ofString(value)));
    }

    private static void refused(Answer answer, int status, String code, String field) {
        assertEquals(status, answer.status(), answer.response().body());
        assertEquals(code, answer.error(), answer.message());
        assertEquals(field, answer.json().at("/error/field").asText());
    }

    @Test
    void whatBreaksARuleIsRefusedWithFieldAndRule() throws Exception {
        try (Cluster cluster = start(c -> c.maxValueBytes = 100);
                Site site = site(cluster)) {
            Answer answer = put(site, "/v1/state/maps/m/" + LONG, "v");
            refused(answer, 400, "invalid_field", "key");
            assertEquals("key: must have at most 512 bytes, and has 513", answer.message());
            answer = put(site, "/v1/state/maps/" + LONG + "/k", "v");
            refused(answer, 400, "invalid_field", "map");
            assertTrue(answer.message().contains("must be 1 to 255 bytes of UTF-8"), answer.message());
            refused(put(site, "/v1/state/maps/%C3/k", "v"), 400, "invalid_field", "map");
            answer = put(site, "/v1/state/maps/m/k", "v".repeat(101));
            refused(answer, 413, "value_too_long", "value");
            assertTrue(answer.message().contains("101 bytes and must have at most 100"), answer.message());
            refused(put(site, "/v1/state/maps/m/k?ttl=soon", "v"), 400, "invalid_field", "ttl");
            refused(put(site, "/v1/state/maps/m/k?tll=1s", "v"), 400, "unknown_parameter", "tll");
            String path = "/v1/state/maps/m/k";
            refused(json(site, path, "{}"), 400, "missing_field", "value");
            refused(
                    json(site, path, "{\"value\":\"a\",\"value_base64\":\"YQ==\"}"),
                    400,
                    "invalid_field",
                    "value_base64");
            refused(json(site, path, "{\"value_base64\":\"?\"}"), 400, "invalid_field", "value_base64");
            refused(json(site, path, "{\"value\":1}"), 400, "invalid_field", "value");
            refused(json(site, path + "?ttl=1s", "{\"value\":\"a\"}"), 400, "invalid_field", "ttl");
            answer = site.send(
                    site.request(path).header("Content-Type", "text/css").PUT(BodyPublishers.ofString("x")));
            refused(answer, 415, "unsupported_media_type", "");
            assertTrue(answer.message().contains("application/json, text/plain or application/octet-stream"));
            refused(
                    site.post("/v1/state/sets/s/add", "{\"element\":\"" + LONG + "\"}"),
                    400,
                    "invalid_field",
                    "element");
            refused(site.post("/v1/state/sets/s/add", "{}"), 400, "missing_field", "element");
            refused(site.post("/v1/state/counters/c/add", "{}"), 400, "missing_field", "amount");
            refused(site.post("/v1/state/counters/c/add", "{\"amount\":1.5}"), 400, "invalid_field", "amount");
            refused(site.get("/v1/state/maps/m?cursor=*"), 400, "invalid_field", "cursor");
            refused(site.get("/v1/state/maps/m?limit=1001"), 400, "invalid_field", "limit");
            refused(put(site, "/v1/state/counters/c", "1"), 405, "method_not_allowed", "");
            assertEquals(0, cluster.state().snapshot().size());
            // After that the server closes the connection.
            refused(put(site, "/v1/state/maps/m%00/k", "v"), 400, "bad_request", "");
        }
    }

    private static Answer json(Site site, String path, String body) throws Exception {
        return site.send(Site.with(site.request(path), "PUT", body));
    }

    @Test
    void whoWritesTooFastIsToldWhenToComeBack() throws Exception {
        try (Cluster one = start(c -> {
                    c.bytesPerSecond = 1024;
                    c.maxBacklogBytes = 1;
                });
                Cluster two = start("two", c -> {});
                Site site = site(one)) {
            one.join("127.0.0.1:" + two.self().address().getPort()).join().orThrow();
            Answer answer = put(site, "/v1/state/maps/m/k", "v");
            for (int i = 0; i < 1000 && answer.status() == 200; i++) {
                answer = put(site, "/v1/state/maps/m/k" + i, "v".repeat(1000));
            }
            refused(answer, 429, "state_overrun", "");
            assertTrue(Integer.parseInt(answer.header("Retry-After")) >= 1, answer.header("Retry-After"));
        }
    }

    @Test
    void withoutRoomItIsFullAndWhatIsThereMayGo() throws Exception {
        try (Cluster cluster = start(c -> c.maxEntries = 2);
                Site site = site(cluster)) {
            assertEquals(200, put(site, "/v1/state/maps/m/1", "v").status());
            assertEquals(200, put(site, "/v1/state/maps/m/2", "v").status());
            Answer answer = put(site, "/v1/state/maps/m/3", "v");
            refused(answer, 507, "state_full", "");
            assertTrue(answer.message().contains("is full: 2 entries"), answer.message());
            assertEquals(
                    200, site.send(site.request("/v1/state/maps/m/1").DELETE()).status());
        }
    }

    @Test
    void whoTakesNoPartSaysSoToEveryRequest() throws Exception {
        try (Cluster cluster = start(c -> c.enabled = false);
                Site off = site(cluster);
                Site bare = new Site()) {
            for (Site site : List.of(off, bare)) {
                refused(site.get("/v1/state"), 409, "state_off", "");
                refused(site.get("/v1/state/maps/m/k"), 409, "state_off", "");
                refused(put(site, "/v1/state/maps/m/k", "v"), 409, "state_off", "");
                refused(site.get("/v1/stream?kind=state"), 409, "state_off", "");
            }
        }
    }

    @Test
    void aDiskThatFailsAndOneThatIsSlowAreNotTheSame() throws Exception {
        try (Cluster cluster = start(c -> {});
                Site site = site(cluster)) {
            FakeState state = (FakeState) site.cluster.state();
            state.failure = new IOException("no space left on device");
            Answer answer = put(site, "/v1/state/facts/a", "v");
            refused(answer, 500, "not_durable", "");
            assertEquals(
                    "the write has taken place and spreads, but this agent could not keep it in its file: no space left on device",
                    answer.message());
            state.failure = new StoreOverrun("65536 writes wait for the disk");
            answer = put(site, "/v1/state/facts/a", "v");
            refused(answer, 429, "store_overrun", "");
            assertEquals("1", answer.header("Retry-After"));
            site.cluster.close();
            state.failure = new IllegalStateException("closed");
            refused(put(site, "/v1/state/facts/a", "v"), 503, "shutting_down", "");
        }
    }

    @Test
    void longPartsOfAMapEndEarlyAndTheCursorFindsTheRest() throws Exception {
        try (Cluster cluster = start(c -> {
                    c.maxValueBytes = 1 << 20;
                    c.maxBacklogBytes = 1 << 30;
                });
                Site site = site(cluster)) {
            var map = cluster.state().map("m", dev.hearsay.api.Codec.BYTES);
            CompletableFuture.allOf(java.util.stream.IntStream.range(0, 12)
                            .mapToObj(i -> map.put("k" + (char) ('a' + i), new byte[1 << 20]))
                            .toArray(CompletableFuture[]::new))
                    .join();
            JsonNode page = site.get("/v1/state/maps/m").json();
            int seen = 0;
            int parts = 0;
            for (String next = ""; next != null; parts++) {
                page = site.get("/v1/state/maps/m" + (next.isEmpty() ? "" : "?cursor=" + next))
                        .json();
                seen += page.get("entries").size();
                next = page.has("next") ? page.get("next").asText() : null;
            }
            assertEquals(12, seen);
            assertEquals(3, parts, "a part ends above 4 MiB: after 5 of 1 MiB");
        }
    }

    @Test
    void whatCouldNotBeRightIsShownWithItsReason() throws Exception {
        try (Cluster cluster = start(c -> {});
                Site site = site(cluster)) {
            ((FakeState) site.cluster.state()).quarantined = List.of(new QuarantinedEntry(
                    "map", "m", Bytes.of((byte) 'k'), Instant.ofEpochMilli(0), "does not fit its checksum"));
            assertEquals(
                    "{\"entries\":[{\"type\":\"map\",\"collection\":\"m\",\"key\":\"k\",\"key_base64\":\"aw==\","
                            + "\"written\":\"1970-01-01T00:00:00Z\",\"reason\":\"does not fit its checksum\"}]}",
                    site.get("/v1/state/quarantine").response().body());
        }
    }
}
