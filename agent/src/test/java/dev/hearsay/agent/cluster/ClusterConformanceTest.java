package dev.hearsay.agent.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.Cluster.Subscription;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.Codec;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.api.State;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Suspected;
import dev.hearsay.wire.WireConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an application may rely on, over sockets and in virtual time alike. */
@SuppressWarnings("FutureReturnValueIgnored") // What came of it shows in what the others see.
class ClusterConformanceTest {
    private static final Config FAST = Config.local().toBuilder()
            .protocolPeriod(Duration.ofMillis(200))
            .probeTimeout(Duration.ofMillis(100))
            .gossipInterval(Duration.ofMillis(100))
            .streamTimeout(Duration.ofSeconds(2))
            .suspicionMaxMult(2)
            .build();

    enum Kind {
        SOCKETS,
        VIRTUAL
    }

    /** The names of the figures, as the first of the two grounds has them. */
    private static final AtomicReference<List<String>> FIGURES = new AtomicReference<>(List.of());

    private Ground ground;

    @AfterEach
    void stop() {
        ground.close();
    }

    private List<Cluster> apart(Kind kind, int count) {
        ground = kind == Kind.SOCKETS ? new SocketGround(count, FAST) : new VirtualGround(count, FAST);
        return ground.nodes();
    }

    private List<Cluster> together(Kind kind, int count) throws Exception {
        List<Cluster> nodes = apart(kind, count);
        for (int i = 1; i < count; i++) {
            ground.await(nodes.get(i).join(seed(nodes.get(0)))).orThrow();
        }
        ground.await("all see all", () -> nodes.stream().allMatch(node -> alive(node) == count));
        return nodes;
    }

    private static String seed(Cluster node) {
        var address = node.self().address();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static long alive(Cluster node) {
        return node.members().stream().filter(m -> m.status() == Status.ALIVE).count();
    }

    private static Status status(Cluster observer, String name) {
        return observer.member(name).map(ClusterMember::status).orElse(null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }

    /** What the future fails with. */
    private Throwable failure(CompletableFuture<?> future) {
        return assertThrows(ExecutionException.class, () -> ground.await(future))
                .getCause();
    }

    @ParameterizedTest
    @EnumSource
    void a_node_is_a_cluster_of_one_until_it_joins(Kind kind) throws Exception {
        List<Cluster> nodes = apart(kind, 2);
        assertEquals(List.of(nodes.get(0).self()), nodes.get(0).members());
        assertEquals("n0", nodes.get(0).self().name());
        List<MemberEvent> told = new CopyOnWriteArrayList<>();
        nodes.get(0).listen(event -> {
            assertTrue(nodes.get(0).member(event.member().name()).isPresent(), "whoever hears of it finds it there");
            told.add(event);
        });
        JoinResult result = ground.await(nodes.get(1).join(seed(nodes.get(0))));
        assertEquals(List.of(new JoinResult.Seed(seed(nodes.get(0)), seed(nodes.get(0)), true, 2, "")), result.seeds());
        ground.await("n0 hears of n1", () -> !told.isEmpty());
        assertEquals(MemberEvent.Kind.JOINED, told.get(0).kind());
        assertEquals("n1", told.get(0).member().name());
        assertEquals(
                List.of("n0", "n1"),
                nodes.get(1).members().stream().map(ClusterMember::name).toList());
        assertThrows(
                UnsupportedOperationException.class,
                () -> nodes.get(1).members().clear());
    }

    @ParameterizedTest
    @EnumSource
    void seeds_that_cannot_be_reached_or_understood_are_told(Kind kind) throws Exception {
        Cluster node = apart(kind, 1).get(0);
        JoinResult result = ground.await(node.join("no-such-host.invalid"));
        assertEquals(
                List.of(new JoinResult.Seed(
                        "no-such-host.invalid", "", false, 0, "cannot resolve 'no-such-host.invalid': unknown host")),
                result.seeds());
        assertEquals(0, ground.await(node.join(List.of())).seeds().size());
        Map<String, String> refused = Map.of(
                "n0:0",
                        "seed 'n0:0': port '0' is out of range: must be 1 to 65535; a seed is host, host:port, [ipv6]:port or ipv6",
                "", "seed '': has no host; a seed is host, host:port, [ipv6]:port or ipv6",
                "a::b::c",
                        "seed 'a::b::c': 'a::b::c' is not an IPv6 address; a seed is host, host:port, [ipv6]:port or ipv6");
        refused.forEach((seed, message) -> assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> node.join(seed))
                        .getMessage()));
        assertEquals(
                "1025 seeds are too many: must be at most 1024",
                assertThrows(IllegalArgumentException.class, () -> node.join(Collections.nCopies(1025, "h")))
                        .getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void tags_reach_everybody_and_too_many_are_refused(Kind kind) throws Exception {
        List<Cluster> nodes = together(kind, 3);
        ground.await(nodes.get(1).tags(Map.of("role", "db")));
        assertEquals(Map.of("role", "db"), nodes.get(1).self().tags(), "one's own at once");
        ground.await(
                "n2 sees the tags",
                () -> nodes.get(2).member("n1").orElseThrow().tags().equals(Map.of("role", "db")));
        assertEquals(
                nodes.get(1).self().capabilities(),
                nodes.get(2).member("n1").orElseThrow().capabilities());
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> nodes.get(0).tags(Map.of("k", "v".repeat(600))));
        assertEquals(
                "the tags take 607 bytes encoded, and the capabilities behind them 5: must be at most 512 (memberlist's limit for metadata)",
                e.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void everybody_hears_an_event_once_and_a_closed_subscription_hears_nothing(Kind kind) throws Exception {
        List<Cluster> nodes = together(kind, 3);
        List<List<String>> heard =
                List.of(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        for (int i = 0; i < 3; i++) {
            List<String> own = heard.get(i);
            nodes.get(i).onUserEvent(event -> own.add(event.name() + " " + text(event.payload())));
        }
        List<String> closed = new CopyOnWriteArrayList<>();
        Subscription subscription = nodes.get(2).onUserEvent(event -> closed.add(event.name()));
        ground.await(nodes.get(0).event("one", bytes("1")));
        ground.await("one everywhere", () -> heard.stream().allMatch(list -> list.size() == 1) && !closed.isEmpty());
        subscription.close();
        ground.await(nodes.get(1).event("two", bytes("2")));
        ground.await("two everywhere", () -> heard.stream().allMatch(list -> list.size() == 2));
        heard.forEach(list -> assertEquals(List.of("one 1", "two 2"), list));
        assertEquals(List.of("one"), closed);
        assertEquals(
                "user event exceeds configured limit of 512 bytes before encoding",
                failure(nodes.get(0).event("deploy", new byte[507])).getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void a_query_ends_when_all_have_answered_and_says_who_was_silent(Kind kind) throws Exception {
        List<Cluster> nodes = together(kind, 3);
        for (Cluster each : nodes) {
            each.onQuery(
                    "name", query -> query.respond(bytes("I am " + each.self().name())));
        }
        nodes.get(1).onQuery("alone", query -> query.respond(bytes(query.from() + " " + text(query.payload()))));
        List<String> streamed = new CopyOnWriteArrayList<>();
        QueryResult all = ground.await(nodes.get(0)
                .query(QueryRequest.named("name").withTimeout(Duration.ofMinutes(1)), new QueryListener() {
                    @Override
                    public void onAnswer(String from, Bytes answer) {
                        streamed.add(from);
                    }
                }));
        assertEquals(Set.of("n0", "n1", "n2"), all.answers().keySet());
        assertEquals("I am n2", text(all.answers().get("n2")));
        assertEquals(Set.of(), all.silent());
        assertEquals(Set.of("n0", "n1", "n2"), Set.copyOf(streamed));
        assertTrue(all.took().compareTo(Duration.ofSeconds(50)) < 0, () -> "took " + all.took());

        QueryResult one = ground.await(nodes.get(2)
                .query(QueryRequest.named("alone")
                        .withPayload(bytes("?"))
                        .withAcks()
                        .withTimeout(Duration.ofSeconds(1))));
        assertEquals(Set.of("n1"), one.answers().keySet());
        assertEquals("n2 ?", text(one.answers().get("n1")));
        assertEquals(Set.of("n0", "n2"), one.silent());
        assertEquals(Set.of("n0", "n1", "n2"), one.acks());

        assertEquals(
                "Queries cannot contain the '_serf_' prefix",
                failure(nodes.get(0).query(QueryRequest.named("_serf_x"))).getMessage());
        assertTrue(
                failure(nodes.get(0).query(QueryRequest.named("q").withTag("role", "(")))
                        instanceof IllegalArgumentException);
    }

    @ParameterizedTest
    @EnumSource
    void whoever_leaves_has_left_and_whoever_closes_has_failed(Kind kind) throws Exception {
        List<Cluster> nodes = together(kind, 4);
        ground.await(nodes.get(1).leave());
        ground.await("n1 has left", () -> status(nodes.get(0), "n1") == Status.LEFT);
        assertFalse(nodes.get(1).closed().isDone(), "it is there until it is closed");
        assertEquals(Status.LEFT, nodes.get(1).self().status());
        nodes.get(1).close();
        ground.await(nodes.get(1).closed());
        nodes.get(2).close();
        nodes.get(2).close();
        ground.await(nodes.get(2).closed());
        ground.await("n2 has failed", () -> status(nodes.get(0), "n2") == Status.FAILED);
        assertEquals(Status.LEFT, status(nodes.get(0), "n1"));
        assertTrue(ground.await(nodes.get(0).forceLeave("n2", true)));
        ground.await("n3 has heard of it", () -> status(nodes.get(3), "n2") == null);
        assertFalse(ground.await(nodes.get(0).forceLeave("unheard-of", false)));
        for (CompletableFuture<?> late : List.of(
                nodes.get(2).event("e", bytes("")),
                nodes.get(2).query(QueryRequest.named("q")),
                nodes.get(2).join("h"),
                nodes.get(2).state().counter("c").add(1),
                nodes.get(2).suspicions(),
                nodes.get(2).coordinates(),
                nodes.get(2).phi())) {
            assertEquals("node 'n2' is closed", failure(late).getMessage());
        }
        assertEquals(4, nodes.get(2).members().size(), "what it knew can still be read");
    }

    @ParameterizedTest
    @EnumSource
    void shared_state_is_read_where_it_was_written_and_elsewhere_a_moment_later(Kind kind) throws Exception {
        List<Cluster> nodes = together(kind, 3);
        State here = nodes.get(0).state();
        State there = nodes.get(2).state();
        List<String> watched = new CopyOnWriteArrayList<>();
        Subscription watch = there.watch(change -> {
            boolean there2 = there.map("flags", Codec.TEXT).get("dark") != null;
            watched.add(change.collection() + " " + text(change.key()) + " " + (change.after() != null) + " " + there2);
        });
        ground.await(here.map("flags", Codec.TEXT).put("dark", "on"));
        assertEquals("on", here.map("flags", Codec.TEXT).get("dark"), "one reads what one has written");
        ground.await("it is told", () -> !watched.isEmpty());
        assertEquals(List.of("flags dark true true"), watched);
        watch.close();
        ground.await(here.fact("zone", bytes("a")));
        ground.await(here.set("workers", Codec.TEXT).add("w"));
        ground.await(here.register("leader", Codec.TEXT).set("n0"));
        assertEquals(2, ground.await(here.counter("c").add(2)));
        ground.await(nodes.get(1).state().counter("c").add(-5));
        ground.await(
                "all is there",
                () -> there.snapshot().size() == 5 && there.counter("c").value() == -3);
        assertTrue(there.set("workers", Codec.TEXT).contains("w"));
        assertEquals(List.of("n0"), there.register("leader", Codec.TEXT).values());
        assertEquals(Set.of("zone"), there.snapshot().facts("n0").keySet());
        assertTrue(ground.await(here.map("flags", Codec.TEXT).remove("dark")));
        assertFalse(ground.await(here.map("flags", Codec.TEXT).remove("dark")));
        ground.await("it is gone", () -> there.map("flags", Codec.TEXT).size() == 0);
        assertEquals(1, watched.size());
        assertEquals(
                "key '\ud800' is no text: it has half a pair of surrogates, which UTF-8 cannot say",
                failure(here.map("flags", Codec.TEXT).put("\ud800", "x")).getMessage());
        assertTrue(failure(here.map("m", Codec.TEXT).put("k".repeat(10_000), "x")) instanceof IllegalArgumentException);
    }

    @ParameterizedTest
    @EnumSource
    void a_suspicion_says_who_accuses_whom_and_for_how_long_still_and_ends(Kind kind) throws Exception {
        List<Cluster> nodes = together(kind, 4);
        assertEquals(List.of(), ground.await(nodes.get(0).suspicions()));
        nodes.get(3).close();
        AtomicReference<Suspected> seen = new AtomicReference<>();
        ground.await("n0 suspects n3", () -> {
            try {
                ground.await(nodes.get(0).suspicions()).forEach(seen::set);
                return seen.get() != null;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertEquals("n3", seen.get().member());
        assertTrue(Set.of("n0", "n1", "n2").containsAll(seen.get().accusers()), seen.toString());
        assertFalse(seen.get().accusers().isEmpty());
        assertTrue(seen.get().ageNanos() >= 0 && seen.get().leftNanos() >= 0, seen.toString());
        ground.await("n3 has failed", () -> status(nodes.get(0), "n3") == Status.FAILED);
        assertEquals(List.of(), ground.await(nodes.get(0).suspicions()));
    }

    @ParameterizedTest
    @EnumSource
    void figures_coordinates_and_keys_are_there(Kind kind) throws Exception {
        List<Cluster> nodes = together(kind, 2);
        ground.await("a round trip is known", () -> {
            try {
                return ground.await(nodes.get(0).roundTrip("n0", "n1")).isPresent();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertTrue(ground.await(nodes.get(0).coordinate("nobody")).isEmpty());
        var places = ground.await(nodes.get(0).coordinates());
        assertEquals(Set.of("n0", "n1"), places.keySet());
        assertEquals(
                ground.await(nodes.get(0).roundTrip("n0", "n1")).orElseThrow(),
                Duration.ofNanos(places.get("n0").distanceNanos(places.get("n1"))));
        assertEquals(Map.of(), ground.await(nodes.get(0).phi()));
        assertEquals("2", nodes.get(0).stats().get("members"));
        assertEquals("false", nodes.get(0).stats().get("encrypted"));
        List<String> figures = nodes.get(0).stats().keySet().stream()
                .filter(key -> !key.contains("dropped_"))
                .toList();
        assertEquals(
                FIGURES.updateAndGet(known -> known.isEmpty() ? figures : known),
                figures,
                "the same, in the same order");
        var keys = ground.await(nodes.get(0).keys().list());
        assertEquals(
                "Keyring is empty (encryption not enabled)", keys.messages().get("n1"));
        assertEquals(2, keys.errors());
        WireConfig before = nodes.get(0).wire();
        assertThrows(
                IllegalArgumentException.class,
                () -> nodes.get(0).wire(wire -> wire.toBuilder().serf(false).build()));
        assertSame(before, nodes.get(0).wire());
    }
}
