package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.Await;
import dev.hearsay.agent.FakeQuery;
import dev.hearsay.agent.http.Sse.Told;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.QueryResult;
import dev.hearsay.api.UserEvent;
import dev.hearsay.core.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams: what they tell, how they resume, and what becomes of a client that does not read. */
class EventStreamTest {
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
    void twoClientsHearOfMembersUserEventsAndQueries() throws Exception {
        try (Sse one = open("/v1/stream");
                Sse two = open("/v1/stream?kind=user&kind=query")) {
            site.cluster.emit(new MemberEvent(MemberEvent.Kind.SUSPECTED, site.cluster.self(), "real2"));
            fire("deploy", "v2");
            site.cluster.emit(new FakeQuery("load", "real2", 5));
            Told member = one.next();
            assertEquals("member", member.kind());
            assertEquals("suspected", member.data().get("kind").asText());
            assertEquals("real1", member.data().at("/member/name").asText());
            assertEquals("real2", member.data().get("by").asText());
            for (Sse each : new Sse[] {one, two}) {
                Told user = each.next();
                assertEquals("user", user.kind());
                assertEquals("v2", user.data().get("payload").asText());
                assertEquals("load", each.next().data().get("name").asText());
            }
        }
    }

    @Test
    void whatIsInAnEventCannotEndItsLine() throws Exception {
        String evil = "x\n\ndata: {}\n\nevent: gap\r\rid: 1\u2028";
        try (Sse stream = open("/v1/stream")) {
            fire(evil, evil);
            fire("after", "");
            Told told = stream.next();
            assertEquals(evil, told.data().get("name").asText());
            assertEquals(evil, told.data().get("payload").asText());
            assertEquals("after", stream.next().data().get("name").asText());
        }
    }

    @Test
    void aPayloadThatIsNoTextComesInBase64Only() throws Exception {
        try (Sse stream = open("/v1/stream")) {
            site.cluster.emit(new UserEvent("x", Bytes.of((byte) 0xff, (byte) 0), 1, true));
            Told told = stream.next();
            assertNull(told.data().get("payload"));
            assertEquals("/wA=", told.data().get("payload_base64").asText());
        }
    }

    @Test
    void aClientThatComesBackHearsWhatItMissed() throws Exception {
        String id;
        try (Sse stream = open("/v1/stream")) {
            fire("one", "");
            id = stream.next().id();
        }
        fire("two", "");
        fire("three", "");
        try (Sse again = resume(id)) {
            assertEquals("two", again.next().data().get("name").asText());
            assertEquals("three", again.next().data().get("name").asText());
            fire("four", "");
            assertEquals("four", again.next().data().get("name").asText());
        }
    }

    @Test
    void aClientThatWasAwayTooLongIsToldHowMuchItMissedAndGetsTheRest() throws Exception {
        String id;
        try (Sse stream = open("/v1/stream")) {
            fire("first", "");
            id = stream.next().id();
        }
        for (int i = 1; i <= Feed.RING + 10; i++) {
            fire("e" + i, "");
        }
        try (Sse again = resume(id)) {
            Told gap = again.next();
            assertEquals("gap", gap.kind());
            assertEquals(10, gap.data().get("lost").asInt());
            assertEquals("resumed", gap.data().get("reason").asText());
            for (int i = 11; i <= Feed.RING + 10; i++) {
                assertEquals("e" + i, again.next().data().get("name").asText());
            }
        }
        // The first stream may have counted some, too, until the server noticed that its client is gone.
        double lost = site.metrics()
                .lines()
                .filter(line -> line.startsWith("hearsay_http_stream_lost_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
        assertTrue(lost >= 10, () -> lost + " are counted");
    }

    @Test
    void anIdOfAnotherRunOrNoneAtAllIsAGapOfUnknownLength() throws Exception {
        fire("before", "");
        for (String id : new String[] {"other-1", "nonsense", "-", "999999999999999999999"}) {
            try (Sse stream = resume(id)) {
                Told gap = stream.next();
                assertEquals("gap", gap.kind(), id);
                assertEquals("unknown", gap.data().get("reason").asText());
                assertFalse(gap.data().has("lost"));
                fire("after", "");
                assertEquals("after", stream.next().data().get("name").asText());
            }
        }
    }

    @Test
    void aClientThatDoesNotReadIsToldOfAGapAndHearsTheNewest() throws Exception {
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.setSoTimeout(60_000);
            slow.connect(new InetSocketAddress(
                    site.server.address().getAddress(), site.server.address().getPort()));
            String request = "GET /v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
            slow.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8));
            String head = in.readLine();
            while (!head.startsWith("retry:")) {
                head = in.readLine();
            }
            // More than the kernel takes, in a feed that keeps 1,024.
            String payload = "y".repeat(9000);
            for (int i = 0; i < 3 * Feed.RING; i++) {
                fire("e" + i, payload);
            }
            fire("last", "");
            boolean gap = false;
            String line = in.readLine();
            while (!line.contains("\"name\":\"last\"")) {
                gap |= line.contains("\"reason\":\"slow\"");
                line = in.readLine();
            }
            assertTrue(gap, "a gap was told");
        }
    }

    @Test
    void anIdleStreamSaysThatItIsStillThereAndMovesItsPlacePastWhatItsClientDidNotWant() throws Exception {
        site.close();
        HttpLimits limits = new HttpLimits(1000, 2000, 9, 9, 9, Duration.ofSeconds(30), Duration.ofMillis(50));
        site = new Site(limits);
        try (Sse stream = open("/v1/stream?kind=member")) {
            assertEquals(": still here", stream.line());
            String before = stream.line();
            fire("not wanted", "");
            Await.until("the place moves", Duration.ofSeconds(30), () -> {
                String line = stream.line();
                return line.startsWith("id: ") && !line.equals(before);
            });
        }
    }

    @Test
    void theEndOfTheServerEndsItsStreams() throws Exception {
        try (Sse stream = open("/v1/stream")) {
            site.close();
            assertNull(stream.next());
        }
    }

    @Test
    void aStreamWhoseClientIsGoneMakesRoomForAnother() throws Exception {
        site.close();
        HttpLimits limits = new HttpLimits(1000, 2000, 9, 1, 9, Duration.ofSeconds(30), Duration.ofMillis(20));
        site = new Site(limits);
        open("/v1/stream").close();
        Await.until("there is room again", Duration.ofSeconds(30), () -> {
            try (Sse stream = open("/v1/stream")) {
                return stream.line() != null;
            } catch (AssertionError full) {
                return false;
            }
        });
    }

    @Test
    void answersToAQueryComeAsTheyArriveAndThenTheResult() throws Exception {
        site.cluster.answers = new CompletableFuture<>();
        site.cluster.script.add(listener -> listener.onAck("real2"));
        site.cluster.script.add(listener -> listener.onAnswer("real2", Bytes.of((byte) 'x')));
        try (Sse stream = Sse.open(
                site.client, Site.with(site.request("/v1/queries"), "POST", "{\"name\":\"load\",\"ack\":true}"))) {
            assertEquals("real2", stream.next().data().get("from").asText());
            Told answer = stream.next();
            assertEquals("answer", answer.kind());
            assertEquals("x", answer.data().get("payload").asText());
            site.cluster.answers.complete(
                    new QueryResult(Set.of("real2"), Map.of(), Set.of("real1"), Duration.ofSeconds(1)));
            Told done = stream.next();
            assertEquals("done", done.kind());
            assertEquals("real1", done.data().at("/silent/0").asText());
            assertNull(stream.next());
        }
    }

    @Test
    void aQueryThatFailsAfterItBeganSaysSo() throws Exception {
        site.cluster.answers = new CompletableFuture<>();
        try (Sse stream =
                Sse.open(site.client, Site.with(site.request("/v1/queries"), "POST", "{\"name\":\"load\"}"))) {
            site.cluster.answers.completeExceptionally(new IllegalStateException("stopped"));
            Told error = stream.next();
            assertEquals("error", error.kind());
            assertEquals("stopped", error.data().at("/error/message").asText());
        }
    }

    @Test
    void unknownKindsAreRefused() throws Exception {
        assertEquals(
                "kind",
                site.get("/v1/stream?kind=usr").json().at("/error/field").asText());
        assertNotEquals("", site.get("/v1/stream?kind=usr").message());
    }

    private void fire(String name, String payload) {
        site.cluster.emit(new UserEvent(name, Bytes.of(payload.getBytes(StandardCharsets.UTF_8)), 1, false));
    }

    private Sse open(String path) throws IOException, InterruptedException {
        return Sse.open(site.client, site.request(path));
    }

    private Sse resume(String id) throws IOException, InterruptedException {
        return Sse.open(site.client, site.request("/v1/stream").header("Last-Event-ID", id));
    }
}
