package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import dev.hearsay.api.StateChange;
import dev.hearsay.api.StateListener;
import dev.hearsay.api.StateType;
import dev.hearsay.core.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes of shared state as server-sent events. */
class StateStreamTest {
    private static Cluster start() {
        return Hearsay.builder().name("one").bind("127.0.0.1", 0).start();
    }

    @Test
    void changesAreToldWithTypeCollectionKeyAndValue() throws Exception {
        try (Cluster cluster = start();
                HttpServer server = Site.start(cluster, new FakeHost(cluster), HttpLimits.DEFAULTS);
                Sse stream = Sse.open(
                        java.net.http.HttpClient.newHttpClient(), Site.request(server, "/v1/stream?kind=state"))) {
            cluster.state().map("flags", Codec.TEXT).put("dark", "on").join();
            cluster.state()
                    .map("flags", Codec.TEXT)
                    .put("long", "x".repeat(StateFeed.LONGEST_VALUE + 1))
                    .join();
            cluster.state().map("flags", Codec.TEXT).remove("dark").join();
            cluster.state().counter("jobs").add(5).join();
            cluster.state()
                    .set("workers", Codec.BYTES)
                    .add(new byte[] {(byte) 0xff})
                    .join();
            List<String> told = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Sse.Told next = stream.next();
                assertEquals("state", next.kind());
                Instant.parse(next.data().get("at").asText());
                Instant.parse(next.data().get("written").asText());
                told.add(next.data().toString().replaceAll("\"(at|written)\":\"[^\"]*\",", ""));
            }
            assertEquals(
                    List.of(
                            "{\"type\":\"map\",\"collection\":\"flags\",\"key\":\"dark\",\"key_base64\":\"ZGFyaw==\","
                                    + "\"deleted\":false,\"bytes\":2,\"value\":\"on\",\"value_base64\":\"b24=\",\"own\":true}",
                            "{\"type\":\"map\",\"collection\":\"flags\",\"key\":\"long\",\"key_base64\":\"bG9uZw==\","
                                    + "\"deleted\":false,\"bytes\":1025,\"own\":true}",
                            "{\"type\":\"map\",\"collection\":\"flags\",\"key\":\"dark\",\"key_base64\":\"ZGFyaw==\","
                                    + "\"deleted\":true,\"bytes\":0,\"own\":true}",
                            "{\"type\":\"counter\",\"collection\":\"jobs\",\"key\":\"\",\"key_base64\":\"\","
                                    + "\"deleted\":false,\"bytes\":0,\"count\":5,\"own\":true}",
                            "{\"type\":\"set\",\"collection\":\"workers\",\"key_base64\":\"/w==\","
                                    + "\"deleted\":false,\"bytes\":0,\"own\":true}"),
                    told);
        }
    }

    @Test
    void typeAndCollectionChooseAndGapsAndProgressAreAlwaysTold() throws Exception {
        try (Cluster cluster = start();
                Site site = new Site(new FakeState(cluster.state()), HttpLimits.DEFAULTS)) {
            FakeState state = (FakeState) site.cluster.state();
            assertTrue(state.watchers.isEmpty(), "nobody listens, and nothing is watched");
            String place;
            try (Sse stream =
                    Sse.open(site.client, site.request("/v1/stream?kind=state&type=map&type=set&collection=a%2Fb"))) {
                StateListener watcher = state.watchers.get(0);
                watcher.onChange(change(StateType.MAP, "other"));
                watcher.onChange(change(StateType.REGISTER, "a/b"));
                watcher.onChange(change(StateType.SET, "a/b"));
                watcher.onProgress(10, 20, false);
                watcher.onGap(7);
                assertEquals("set", stream.next().data().get("type").asText());
                Sse.Told told = stream.next();
                assertEquals("progress", told.kind());
                assertEquals(
                        "{\"entries\":10,\"total\":20,\"complete\":false}",
                        told.data().toString());
                told = stream.next();
                assertEquals("gap", told.kind());
                assertEquals("{\"lost\":7,\"reason\":\"busy\"}", told.data().toString());
                place = stream.lastId;
            }
            for (int i = 0; i <= Feed.RING; i++) {
                state.watchers.get(0).onChange(change(StateType.MAP, "m" + i));
            }
            assertEquals(1, state.watchers.size(), "the first has begun the feed for all");
            try (Sse stream =
                    Sse.open(site.client, site.request("/v1/stream?kind=state").header("Last-Event-ID", place))) {
                assertEquals(
                        "{\"lost\":1,\"reason\":\"resumed\"}",
                        stream.next().data().toString());
                assertEquals("m1", stream.next().data().get("collection").asText());
            }
            try (Sse stream = Sse.open(site.client, site.request("/v1/stream").header("Last-Event-ID", place))) {
                assertEquals("{\"reason\":\"unknown\"}", stream.next().data().toString());
            }
        }
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() throws Exception {
        try (Cluster cluster = start();
                Site site = new Site(new FakeState(cluster.state()), HttpLimits.DEFAULTS)) {
            assertTrue(site.get("/v1/stream?kind=state&kind=user").message().startsWith("kind: state goes alone"));
            assertEquals(
                    "type: goes with kind=state only",
                    site.get("/v1/stream?type=map").message());
            assertEquals(
                    "type: must be one of fact, map, set, counter, register, not 'list'",
                    site.get("/v1/stream?kind=state&type=list").message());
            assertFalse(site.get("/v1/stream?kind=user&collection=m").error().isEmpty());
        }
    }

    private static StateChange change(StateType type, String collection) {
        return new StateChange(type, collection, Bytes.EMPTY, null, Bytes.EMPTY, Instant.ofEpochMilli(0), false);
    }
}
