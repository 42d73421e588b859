package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.MemberEvent.Kind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of a member, over real sockets on loopback. */
class MembershipOverSocketsTest {
    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void two_nodes_that_join_see_each_other_with_tags_and_address() throws Exception {
        Cluster first = nodes.start(Nodes.builder("first").tag("role", "web").tag("idx", "1"));
        Cluster second = nodes.start("second");

        var result = second.join(Nodes.address(first)).get(20, TimeUnit.SECONDS);

        assertEquals(1, result.contacted());
        assertEquals(2, result.seeds().get(0).members());
        Nodes.awaitAlive(List.of(first, second), 2);
        ClusterMember seen = second.member("first").orElseThrow();
        assertEquals(Map.of("role", "web", "idx", "1"), seen.tags());
        assertEquals(first.self().address(), seen.address());
        assertEquals(first.self(), seen);
        assertEquals(
                List.of("first", "second"),
                second.members().stream().map(ClusterMember::name).toList());
    }

    @Test
    void five_nodes_that_join_one_seed_all_see_each_other() throws Exception {
        nodes.cluster("five-", 5);
    }

    @Test
    void a_change_of_tags_reaches_the_others() throws Exception {
        List<Cluster> pair = nodes.cluster("tags-", 2);
        List<MemberEvent> events = Nodes.record(pair.get(1));

        pair.get(0).tags(Map.of("version", "2")).get(20, TimeUnit.SECONDS);

        assertEquals(Map.of("version", "2"), pair.get(0).self().tags());
        Await.until(
                "the new tags",
                () -> pair.get(1).member("tags-0").orElseThrow().tags().equals(Map.of("version", "2")));
        Await.until("the event", () -> Nodes.saw(events, Kind.UPDATED, "tags-0"));
    }

    @Test
    void a_member_that_leaves_is_seen_as_left_and_not_as_failed() throws Exception {
        List<Cluster> three = nodes.cluster("leave-", 3);
        List<MemberEvent> events = Nodes.record(three.get(0));

        three.get(2).leave().get(20, TimeUnit.SECONDS);
        three.get(2).close();

        Nodes.awaitStatus(three.get(0), "leave-2", Status.LEFT);
        Nodes.awaitStatus(three.get(1), "leave-2", Status.LEFT);
        Await.until("the event", () -> Nodes.saw(events, Kind.LEFT, "leave-2"));
        assertTrue(events.stream().noneMatch(e -> e.kind() == Kind.FAILED), () -> "failed instead: " + events);
        three.get(2).leave().handle((done, failure) -> failure).get(20, TimeUnit.SECONDS);
    }

    @Test
    void a_member_that_stops_without_a_word_is_suspected_and_then_failed() throws Exception {
        List<Cluster> three = nodes.cluster("crash-", 3);
        List<MemberEvent> events = Nodes.record(three.get(0));

        three.get(2).close();

        Nodes.awaitStatus(three.get(0), "crash-2", Status.FAILED);
        Nodes.awaitStatus(three.get(1), "crash-2", Status.FAILED);
        Await.until("the event", () -> Nodes.saw(events, Kind.FAILED, "crash-2"));
        List<Kind> kinds = events.stream()
                .filter(e -> e.member().name().equals("crash-2"))
                .map(MemberEvent::kind)
                .toList();
        assertEquals(List.of(Kind.SUSPECTED, Kind.FAILED), kinds);
        MemberEvent failed =
                events.stream().filter(e -> e.kind() == Kind.FAILED).findFirst().orElseThrow();
        assertTrue(List.of("crash-0", "crash-1").contains(failed.by()), () -> "accused by nobody: " + failed);
    }

    @Test
    void a_node_that_restarts_under_its_name_is_alive_again() throws Exception {
        List<Cluster> three = nodes.cluster("restart-", 3);
        int port = Nodes.port(three.get(2));
        three.get(2).close();
        three.get(2).closed().get(20, TimeUnit.SECONDS);
        Nodes.awaitStatus(three.get(0), "restart-2", Status.FAILED);

        Cluster again =
                nodes.start(Nodes.builder("restart-2").bind("127.0.0.1", port).tag("life", "2"));
        Nodes.join(again, three.get(0));

        Nodes.awaitAlive(List.of(three.get(0), three.get(1), again), 3);
        Await.until(
                "the tags of its new life",
                () -> three.get(1).member("restart-2").orElseThrow().tags().equals(Map.of("life", "2")));
    }

    @Test
    void a_failed_member_can_be_forced_to_count_as_left_and_be_forgotten() throws Exception {
        List<Cluster> three = nodes.cluster("force-", 3);
        three.get(2).close();
        Nodes.awaitStatus(three.get(0), "force-2", Status.FAILED);
        Nodes.awaitStatus(three.get(1), "force-2", Status.FAILED);

        assertTrue(three.get(0).forceLeave("force-2", false).get(20, TimeUnit.SECONDS));
        Nodes.awaitStatus(three.get(1), "force-2", Status.LEFT);

        three.get(0).forceLeave("force-2", true).get(20, TimeUnit.SECONDS);
        Await.until(
                "the member is forgotten", () -> three.get(1).member("force-2").isEmpty());
        assertEquals(false, three.get(0).forceLeave("nobody", false).get(20, TimeUnit.SECONDS));
    }
}
