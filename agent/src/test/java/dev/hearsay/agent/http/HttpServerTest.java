package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearsay.agent.FakeCluster;
import dev.hearsay.agent.http.Site.Answer;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.QueryResult;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.coordinate.Coordinate;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each route answers, and what it says to a wrong request. */
class HttpServerTest {
    private Site site;

    @BeforeEach
    void start() throws IOException {
        site = new Site();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void theAgentShowsItselfItsSettingsAndItsFigures() throws Exception {
        Answer answer = site.get("/v1/agent");
        assertEquals(200, answer.status());
        assertEquals("real1", answer.json().at("/self/name").asText());
        assertEquals("127.0.0.1:7373", answer.json().at("/config/rpc_addr").asText());
        assertEquals("2", answer.json().at("/stats/event_time").asText());
        assertEquals("application/json", answer.header("Content-Type"));
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    @Test
    void healthIs503UntilTheAgentHasJoinedAndWhileOnlyLivenessIsAskedFor200() throws Exception {
        assertEquals(200, site.get("/v1/health").status());
        site.host.joined = false;
        Answer answer = site.get("/v1/health");
        assertEquals(503, answer.status());
        assertTrue(answer.json().get("live").asBoolean());
        assertFalse(answer.json().get("ready").asBoolean());
        assertEquals(200, site.get("/v1/health?check=live").status());
        site.cluster.close();
        assertEquals(503, site.get("/v1/health?check=live").status());
        assertEquals("invalid_field", site.get("/v1/health?check=well").error());
    }

    @Test
    void membersAreFilteredSortedAndCut() throws Exception {
        site.cluster.add(FakeCluster.member("gone", "127.0.15.3", Status.FAILED, Map.of("role", "db")));
        assertEquals(List.of("gone", "real1", "real2"), names("/v1/members"));
        assertEquals(List.of("real2", "real1", "gone"), names("/v1/members?sort=-name"));
        assertEquals(List.of("real1", "real2", "gone"), names("/v1/members?sort=status"));
        assertEquals(List.of("gone"), names("/v1/members?status=failed"));
        assertEquals(List.of("gone", "real1", "real2"), names("/v1/members?status=failed&status=alive"));
        assertEquals(List.of("real1", "real2"), names("/v1/members?name=real."));
        assertEquals(List.of("gone", "real2"), names("/v1/members?tag=role%3Ddb"));
        assertEquals(List.of("real2"), names("/v1/members?tag=role%3Dd.&status=alive"));
        Answer cut = site.get("/v1/members?limit=1");
        assertEquals(3, cut.json().get("matched").asInt());
        assertEquals(1, cut.json().get("members").size());
    }

    @Test
    void wrongParametersAreNamed() throws Exception {
        for (String[] wrong : new String[][] {
            {"statsu=alive", "unknown_parameter", "statsu"},
            {"status=dead", "invalid_field", "status"},
            {"name=%5B", "invalid_field", "name"},
            {"tag=role", "invalid_field", "tag"},
            {"tag=role%3D(", "invalid_field", "tag"},
            {"limit=0", "invalid_field", "limit"},
            {"limit=x", "invalid_field", "limit"},
            {"limit=1&limit=2", "invalid_field", "limit"},
            {"sort=age", "invalid_field", "sort"}
        }) {
            Answer answer = site.get("/v1/members?" + wrong[0]);
            assertEquals(400, answer.status(), wrong[0]);
            assertEquals(wrong[1], answer.error(), wrong[0]);
            assertEquals(wrong[2], answer.json().at("/error/field").asText());
            assertTrue(answer.message().contains(wrong[2]), answer.message());
        }
        assertEquals("missing_field", site.get("/v1/rtt").error());
    }

    @Test
    void oneMemberIsFoundByItsNameHoweverStrangeThatIs() throws Exception {
        assertEquals(
                "127.0.15.2",
                site.get("/v1/members/real2").json().get("address").asText());
        Answer unknown = site.get("/v1/members/nobody");
        assertEquals(404, unknown.status());
        assertEquals("no_such_member", unknown.error());
        site.cluster.add(FakeCluster.member("a/b \"c\"%é", "127.0.15.9", Status.ALIVE, Map.of()));
        Answer strange = site.get("/v1/members/a%2Fb%20%22c%22%25%C3%A9");
        assertEquals(200, strange.status());
        assertEquals("a/b \"c\"%é", strange.json().get("name").asText());
    }

    @Test
    void hostileTagsAreEscaped() throws Exception {
        String evil = "</script>\"}],\n\r\t\u0000\u2028{\\";
        site.cluster.add(FakeCluster.member(evil, "127.0.15.9", Status.ALIVE, Map.of(evil, evil)));
        JsonNode found = null;
        for (JsonNode member : site.get("/v1/members").json().get("members")) {
            found = member.get("name").asText().equals(evil) ? member : found;
        }
        assertEquals(evil, found.get("tags").get(evil).asText());
    }

    @Test
    void tagsAreReplaced() throws Exception {
        HttpRequest.Builder put =
                Site.with(site.request("/v1/agent/tags"), "PUT", "{\"tags\":{\"b\":\"2\",\"a\":\"1\"}}");
        assertEquals("1", site.send(put).json().at("/tags/a").asText());
        assertEquals(List.of("tags {a=1, b=2}"), site.cluster.done);
    }

    @Test
    void aJoinTellsOfEachSeedAndFailsIfNoneAnswers() throws Exception {
        Answer joined = site.post("/v1/join", "{\"seeds\":[\"one\",\"dead\"],\"replay\":true}");
        assertEquals(1, joined.json().get("contacted").asInt());
        assertEquals("connection refused", joined.json().at("/seeds/1/error").asText());
        Answer failed = site.post("/v1/join", "{\"seeds\":[\"dead\"]}");
        assertEquals(502, failed.status());
        assertTrue(failed.message().contains("dead: connection refused"), failed.message());
        assertEquals("invalid_field", site.post("/v1/join", "{\"seeds\":[]}").error());
        assertEquals(List.of("join [one, dead] replay", "join [dead]"), site.cluster.done);
    }

    @Test
    void aLeaveIsCarriedOutAndAnsweredBeforeTheAgentEnds() throws Exception {
        HttpRequest.Builder leave = site.request("/v1/leave").POST(HttpRequest.BodyPublishers.noBody());
        assertTrue(site.send(leave).json().get("left").asBoolean());
        site.close();
        assertEquals(1, site.host.exits.get());
        assertEquals(List.of("leave"), site.cluster.done);
    }

    @Test
    void aForcedLeaveSaysWhetherTheMemberIsKnown() throws Exception {
        HttpRequest.Builder plain =
                site.request("/v1/members/real2/force-leave").POST(HttpRequest.BodyPublishers.noBody());
        assertTrue(site.send(plain).json().get("known").asBoolean());
        Answer unknown = site.post("/v1/members/nobody/force-leave", "{\"prune\":true}");
        assertFalse(unknown.json().get("known").asBoolean());
        assertEquals(List.of("force-leave real2 false", "force-leave nobody true"), site.cluster.done);
    }

    @Test
    void eventsHaveAPayloadOfTextOrOfAnyBytes() throws Exception {
        assertEquals(
                202,
                site.post("/v1/events", "{\"name\":\"deploy\",\"payload\":\"v2\"}")
                        .status());
        site.post("/v1/events", "{\"name\":\"deploy\",\"payload_base64\":\"djM=\",\"coalesce\":true}");
        assertEquals(List.of("event deploy v2 false", "event deploy v3 true"), site.cluster.done);
        assertEquals(
                "payload_base64",
                site.post("/v1/events", "{\"name\":\"x\",\"payload_base64\":\"?\"}")
                        .json()
                        .at("/error/field")
                        .asText());
        assertEquals(
                "invalid_field",
                site.post("/v1/events", "{\"name\":\"x\",\"payload\":\"a\",\"payload_base64\":\"YQ==\"}")
                        .error());
        Answer tooLong = site.post("/v1/events", "{\"name\":\"x\",\"payload\":\"" + "y".repeat(600) + "\"}");
        assertEquals(400, tooLong.status());
        assertTrue(tooLong.message().contains("512 bytes"), tooLong.message());
    }

    @Test
    void aQueryIsAnsweredWhenItHasEnded() throws Exception {
        site.cluster.answers = CompletableFuture.completedFuture(new QueryResult(
                Set.of("real1"),
                new TreeMap<>(Map.of("real1", Bytes.of((byte) 0xff), "real2", Bytes.of((byte) 'x'))),
                Set.of("late"),
                Duration.ofMillis(1500)));
        Answer answer = site.post(
                "/v1/queries",
                "{\"name\":\"load\",\"nodes\":[\"real1\"],\"tags\":{\"role\":\"db\"},\"ack\":true,\"timeout\":\"5s\","
                        + "\"relay_factor\":2}");
        assertEquals(
                Site.JSON.readTree(
                        "{\"acks\":[\"real1\"],\"answers\":[{\"from\":\"real1\",\"payload_base64\":\"/w==\"},"
                                + "{\"from\":\"real2\",\"payload\":\"x\",\"payload_base64\":\"eA==\"}],"
                                + "\"silent\":[\"late\"],\"complete\":false,\"took_seconds\":1.5}"),
                answer.json());
        String asked = site.cluster.done.get(0);
        assertTrue(asked.contains("nodes=[real1], tags={role=db}, ack=true, timeout=PT5S, relayFactor=2"), asked);
    }

    @Test
    void aQueryThatMakesNoSenseIsRefused() throws Exception {
        for (String wrong : List.of("\"timeout\":\"2m\"", "\"timeout\":\"soon\"", "\"relay_factor\":256")) {
            assertEquals(
                    400,
                    site.post("/v1/queries", "{\"name\":\"load\"," + wrong + "}")
                            .status(),
                    wrong);
        }
        site.cluster.answers = CompletableFuture.failedFuture(new IllegalArgumentException("no such expression"));
        for (String accept : List.of("application/json", Route.EVENT_STREAM)) {
            Answer refused = site.send(Site.with(site.request("/v1/queries"), "POST", "{\"name\":\"load\"}")
                    .header("Accept", accept));
            assertEquals(400, refused.status(), accept);
            assertEquals("no such expression", refused.message());
        }
    }

    @Test
    void coordinatesAndRoundTrips() throws Exception {
        site.cluster.coordinates.put("real1", Coordinate.ORIGIN);
        Answer none = site.get("/v1/rtt?from=real1&to=real2");
        assertEquals(404, none.status());
        assertEquals("no_coordinate", none.error());
        site.cluster.coordinates.put("real2", Coordinate.of(new double[] {0.01, 0, 0, 0, 0, 0, 0, 0}, 0.5, 0, 1e-5));
        assertEquals(
                0.01002,
                site.get("/v1/rtt?from=real2").json().get("rtt_seconds").asDouble(),
                1e-9);
        assertEquals("no_such_member", site.get("/v1/rtt?from=nobody").error());
        JsonNode all = site.get("/v1/coordinates").json().get("coordinates");
        assertEquals(2, all.size());
        assertEquals(8, all.at("/1/vector").size());
    }

    @Test
    void keysOfAnAgentThatDoesNotEncryptAreAConflict() throws Exception {
        assertEquals(409, site.get("/v1/keys").status());
    }

    private List<String> names(String path) throws Exception {
        Answer answer = site.get(path);
        assertEquals(200, answer.status(), answer.message());
        return answer.json().get("members").findValuesAsText("name");
    }
}
