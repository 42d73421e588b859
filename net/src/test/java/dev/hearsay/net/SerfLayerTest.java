package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.KeyResult;
import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.api.UserEvent;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.WireConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events, queries, keys and coordinates as an application uses them, over sockets. */
@SuppressWarnings("FutureReturnValueIgnored") // Whether an answer was taken shows in what the asker gets.
class SerfLayerTest {
    private static final GossipKey OLD = GossipKey.of(new byte[16]);
    private static final GossipKey NEW =
            GossipKey.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});

    /** The time of queries follows from the gossip interval: 3.2 s, which is enough on a machine that is busy, too. */
    private static final Config PATIENT =
            Nodes.FAST.toBuilder().gossipInterval(Duration.ofMillis(200)).build();

    private final Nodes nodes = new Nodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void each_member_hears_an_event_once_its_sender_included() throws Exception {
        // So few that the sender reaches all of them itself: a miss would be repaired only seconds later.
        List<Cluster> cluster = nodes.cluster("e", 4);
        List<List<UserEvent>> heard = new ArrayList<>();
        for (Cluster each : cluster) {
            List<UserEvent> list = new CopyOnWriteArrayList<>();
            heard.add(list);
            each.onUserEvent(list::add);
        }
        cluster.get(2).event("deploy", bytes("v1")).get(5, TimeUnit.SECONDS);
        cluster.get(3).event("deploy", bytes("v2"), true).get(5, TimeUnit.SECONDS);
        Await.until(() -> "two events everywhere", () -> heard.stream().allMatch(list -> list.size() == 2));
        for (List<UserEvent> list : heard) {
            assertEquals(
                    Set.of("v1", "v2"),
                    Set.of(text(list.get(0).payload()), text(list.get(1).payload())));
        }
    }

    @Test
    void an_event_above_the_limit_is_refused_in_serfs_words() throws Exception {
        Cluster node = nodes.start("a");
        assertEquals(
                "user event exceeds configured limit of 512 bytes before encoding",
                refusal(node.event("deploy", new byte[507])));
        assertEquals(
                "encoded user event exceeds configured limit of 512 bytes after encoding",
                refusal(node.event("deploy", new byte[500])));
        Cluster generous = nodes.start(Nodes.builder("b").serf(SerfConfig.DEFAULTS.withUserEventBytes(9000)));
        assertTrue(refusal(generous.event("deploy", new byte[2000])).endsWith("bytes that fit into a packet"));
    }

    @Test
    void who_joins_hears_events_of_before_only_if_it_wants_to() throws Exception {
        Cluster old = nodes.start("old");
        old.event("deploy", bytes("v1")).get(5, TimeUnit.SECONDS);
        Cluster late = nodes.start("late");
        List<String> heard = new CopyOnWriteArrayList<>();
        late.onUserEvent(event -> heard.add(event.name() + text(event.payload())));
        Nodes.join(late, old);
        old.event("deploy", bytes("v2")).get(5, TimeUnit.SECONDS);
        Await.until(() -> "an event", () -> !heard.isEmpty());
        assertEquals(List.of("deployv2"), heard);

        Cluster curious = nodes.start("curious");
        List<String> all = new CopyOnWriteArrayList<>();
        curious.onUserEvent(event -> all.add(event.name() + text(event.payload())));
        curious.join(List.of(Nodes.address(late)), true)
                .get(20, TimeUnit.SECONDS)
                .orThrow();
        Await.until(() -> "both events", () -> all.size() == 2);
        assertEquals(List.of("deployv1", "deployv2"), all);
    }

    @Test
    void a_query_ends_as_soon_as_all_have_answered() throws Exception {
        List<Cluster> cluster = nodes.cluster("q", 4);
        for (Cluster each : cluster) {
            each.onQuery(
                    "name", query -> query.respond(bytes("I am " + each.self().name() + " " + text(query.payload()))));
        }
        List<String> streamed = new CopyOnWriteArrayList<>();
        QueryResult result = cluster.get(1)
                .query(
                        QueryRequest.named("name")
                                .withPayload(bytes("really"))
                                .withAcks()
                                .withTimeout(Duration.ofHours(1)),
                        new QueryListener() {
                            @Override
                            public void onAnswer(String from, Bytes payload) {
                                streamed.add(from);
                            }
                        })
                .get(20, TimeUnit.SECONDS);
        assertEquals(Set.of("q0", "q1", "q2", "q3"), result.acks());
        assertEquals("I am q3 really", text(result.answers().get("q3")));
        assertEquals(4, streamed.size());
        assertTrue(result.complete());
    }

    @Test
    void filters_choose_who_is_asked_and_who_was_silent_is_told() throws Exception {
        Cluster web = nodes.start(Nodes.builder("web").config(PATIENT).tag("role", "web"));
        Cluster db = nodes.start(Nodes.builder("db").config(PATIENT).tag("role", "db"));
        Nodes.join(db, web);
        Nodes.awaitAlive(List.of(web, db), 2);
        db.onQuery("load", query -> query.respond(bytes("0.4")));
        web.onQuery("load", query -> query.respond(bytes("0.9")));
        QueryResult byTag =
                db.query(QueryRequest.named("load").withTag("role", "^we")).get(20, TimeUnit.SECONDS);
        assertEquals(Map.of("web", Bytes.of(bytes("0.9"))), byTag.answers());
        QueryResult byName =
                web.query(QueryRequest.named("load").withNodes("db")).get(20, TimeUnit.SECONDS);
        assertEquals(Set.of("db"), byName.answers().keySet());
        QueryResult nobodyListens = web.query(
                        QueryRequest.named("other").withAcks().withTimeout(Duration.ofMillis(300)))
                .get(20, TimeUnit.SECONDS);
        assertEquals(Set.of("db", "web"), nobodyListens.acks());
        assertEquals(Set.of("db", "web"), nobodyListens.silent());
        assertFalse(nobodyListens.complete());
    }

    @Test
    void wrong_questions_and_answers_are_refused() throws Exception {
        Cluster node = nodes.start("a");
        assertEquals(
                "query exceeds limit of 1024 bytes",
                refusal(node.query(QueryRequest.named("q").withPayload(new byte[2000]))));
        assertEquals("Queries cannot contain the '_serf_' prefix", refusal(node.query(QueryRequest.named("_serf_x"))));
        assertTrue(refusal(node.query(QueryRequest.named("q").withTag("role", "(")))
                .contains("missing closing )"));
        CompletableFuture<String> second = new CompletableFuture<>();
        CompletableFuture<String> tooLong = new CompletableFuture<>();
        node.onQuery("q", query -> {
            query.respond(new byte[2000]).whenComplete((ok, e) -> tooLong.complete(String.valueOf(e.getMessage())));
            query.respond(new byte[1]);
            query.respond(new byte[1]).whenComplete((ok, e) -> second.complete(String.valueOf(e.getMessage())));
        });
        assertTrue(node.query(QueryRequest.named("q")).get(5, TimeUnit.SECONDS).complete());
        assertEquals("response exceeds limit of 1024 bytes", tooLong.get(5, TimeUnit.SECONDS));
        assertEquals("response already sent", second.get(5, TimeUnit.SECONDS));
    }

    @Test
    void a_cancelled_query_ends() throws Exception {
        Cluster node = nodes.start(Nodes.builder("a").config(PATIENT));
        CompletableFuture<QueryResult> result =
                node.query(QueryRequest.named("q").withTimeout(Duration.ofHours(1)));
        result.cancel(false);
        assertTrue(result.isCancelled());
        assertTrue(node.query(QueryRequest.named("_serf_ping").withAcks())
                .get(5, TimeUnit.SECONDS)
                .complete());
    }

    @Test
    void a_key_is_rotated_on_all_members_and_kept() throws Exception {
        List<Keyring> kept = new CopyOnWriteArrayList<>();
        List<Cluster> cluster = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            cluster.add(nodes.start(Nodes.builder("k" + i)
                    .config(PATIENT)
                    .wire(WireConfig.PLAIN.toBuilder().keyring(Keyring.of(OLD)).build())
                    .keyringStore(kept::add)));
        }
        Nodes.join(cluster.get(1), cluster.get(0));
        Nodes.join(cluster.get(2), cluster.get(0));
        Nodes.awaitAlive(cluster, 3);
        assertFalse(done(cluster.get(0).keys().use(NEW)).successful());
        assertEquals("", done(cluster.get(0).keys().install(NEW)).error());
        assertEquals("", done(cluster.get(1).keys().use(NEW)).error());
        KeyResult refused = done(cluster.get(1).keys().remove(NEW));
        assertEquals(3, refused.errors());
        assertEquals(
                "Removing the primary key is not allowed", refused.messages().get("k0"));
        assertEquals("3/3 nodes reported failure", refused.error());
        KeyResult list = done(cluster.get(2).keys().list());
        assertEquals(Map.of(OLD.toBase64(), 3, NEW.toBase64(), 3), list.keys());
        assertEquals(Map.of(NEW.toBase64(), 3), list.primaryKeys());
        assertEquals("", done(cluster.get(2).keys().remove(OLD)).error());
        for (Cluster each : cluster) {
            assertEquals(Keyring.of(NEW), each.wire().keyring());
        }
        assertEquals(9, kept.size());
        assertEquals(Keyring.of(NEW), kept.get(8));
    }

    @Test
    void without_encryption_or_when_keys_cannot_be_kept_each_member_says_so() throws Exception {
        Cluster plain = nodes.start(Nodes.builder("plain").config(PATIENT));
        KeyResult none = done(plain.keys().list());
        assertEquals(Map.of("plain", "Keyring is empty (encryption not enabled)"), none.messages());
        assertEquals(1, none.errors());
        Cluster full = nodes.start(Nodes.builder("full")
                .config(PATIENT)
                .wire(WireConfig.PLAIN.toBuilder().keyring(Keyring.of(OLD)).build())
                .keyringStore(ring -> {
                    throw new IOException("disk full");
                }));
        KeyResult result = done(full.keys().install(NEW));
        assertEquals(Map.of("full", "disk full"), result.messages());
    }

    @Test
    void members_learn_how_far_apart_they_are() throws Exception {
        List<Cluster> cluster = nodes.cluster("c", 3);
        Cluster node = cluster.get(0);
        Await.until(
                () -> "coordinates of both others",
                () -> node.roundTrip("c1", "c2").join().isPresent()
                        && node.coordinate("c0").join().isPresent());
        assertTrue(node.coordinate("nobody").join().isEmpty());
        Cluster hermit = nodes.start(Nodes.builder("hermit").serf(SerfConfig.DEFAULTS.withCoordinates(false)));
        assertTrue(hermit.coordinate("hermit").join().isEmpty());
    }

    private static KeyResult done(CompletableFuture<KeyResult> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static String refusal(CompletableFuture<?> future) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> future.get(5, TimeUnit.SECONDS));
        return String.valueOf(failure.getCause().getMessage());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }
}
