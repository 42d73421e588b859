package dev.hearsay.sim.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.Codec;
import dev.hearsay.api.KeyResult;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.sim.InvariantViolation;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.WireConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The fixture for tests of applications. */
@SuppressWarnings("FutureReturnValueIgnored") // What matters is what follows.
class SimulatedClustersTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static SimulatedClusters three() {
        return SimulatedClusters.of(3).together().start();
    }

    private static Status seen(Cluster observer, String name) {
        return observer.member(name).orElseThrow().status();
    }

    @Test
    void a_crash_is_seen_by_the_others_and_a_restart_too() {
        SimulatedClusters clusters = SimulatedClusters.of(5).start().joinAll(MINUTE);
        clusters.crash(3);
        clusters.await(() -> seen(clusters.cluster(0), "n3") == Status.FAILED, MINUTE);
        Cluster again = clusters.restart(3);
        assertEquals(1, again.members().size());
        clusters.await(again.join(clusters.address(1)), MINUTE);
        clusters.awaitAgreement(MINUTE);
    }

    @Test
    void a_killed_process_is_told_nothing_and_what_is_asked_of_it_fails() {
        SimulatedClusters clusters = three();
        Cluster victim = clusters.cluster(1);
        List<String> heard = new ArrayList<>();
        victim.onUserEvent(event -> heard.add(event.name()));
        var ticks = new int[1];
        clusters.scheduler(1).execute(() -> ticks[0]++);
        CompletableFuture<?> asked = victim.query(QueryRequest.named("q"));
        clusters.crash(1);
        clusters.cluster(0).event("late", new byte[0]);
        clusters.run(MINUTE);
        assertEquals(List.of(), heard);
        assertEquals(0, ticks[0]);
        assertFalse(asked.isDone(), "nobody is left who could complete it");
        Exception e = assertThrows(
                java.util.concurrent.CompletionException.class,
                () -> clusters.await(victim.event("x", new byte[0]), MINUTE));
        assertEquals("node 'n1' is closed", e.getCause().getMessage());
    }

    @Test
    void a_process_that_closes_its_node_goes_on_and_its_futures_fail() {
        SimulatedClusters clusters = three();
        Cluster closing = clusters.cluster(1);
        CompletableFuture<?> asked = closing.query(QueryRequest.named("q").withTimeout(MINUTE));
        clusters.run(Duration.ofMillis(1));
        closing.close();
        clusters.await(closing.closed(), MINUTE);
        assertTrue(asked.isCompletedExceptionally());
        var ticks = new int[1];
        clusters.scheduler(1).execute(() -> ticks[0]++);
        clusters.run(Duration.ZERO);
        assertEquals(1, ticks[0]);
        clusters.await(() -> seen(clusters.cluster(0), "n1") == Status.FAILED, MINUTE);
    }

    @Test
    void a_process_that_stands_still_does_later_what_waits() {
        SimulatedClusters clusters = three();
        List<String> heard = new ArrayList<>();
        clusters.cluster(2).onUserEvent(event -> heard.add(event.name() + " at " + clusters.now()));
        clusters.pause(2);
        clusters.cluster(0).event("e", new byte[0]);
        clusters.run(Duration.ofMillis(500));
        assertEquals(List.of(), heard);
        clusters.resume(2);
        clusters.run(Duration.ofMillis(1));
        assertEquals(List.of("e at PT0.5S"), heard);
    }

    @Test
    void both_sides_of_a_partition_give_each_other_up_and_find_each_other_again() {
        SimulatedClusters clusters = SimulatedClusters.of(5).together().start();
        clusters.isolate(0, 1);
        clusters.await(
                () -> seen(clusters.cluster(0), "n4") == Status.FAILED
                        && seen(clusters.cluster(4), "n1") == Status.FAILED,
                MINUTE);
        clusters.heal().awaitAgreement(Duration.ofMinutes(5));
    }

    @Test
    void shared_state_survives_a_crash_where_machines_have_a_disk() {
        SimulatedClusters clusters = SimulatedClusters.of(1).durable().start();
        clusters.await(clusters.cluster(0).state().map("m", Codec.TEXT).put("k", "v"), MINUTE);
        clusters.crash(0);
        Cluster again = clusters.restart(0);
        assertEquals("v", again.state().map("m", Codec.TEXT).get("k"));
    }

    @Test
    void keys_are_changed_on_all_members() {
        GossipKey old = GossipKey.of(new byte[16]);
        byte[] bytes = new byte[16];
        bytes[3] = 1;
        GossipKey next = GossipKey.of(bytes);
        SimulatedClusters clusters = SimulatedClusters.of(3)
                .wire(WireConfig.PLAIN.toBuilder().keyring(Keyring.of(old)).build())
                .together()
                .start();
        Cluster asked = clusters.cluster(1);
        assertEquals(0, clusters.await(asked.keys().install(next), MINUTE).errors());
        assertEquals(0, clusters.await(asked.keys().use(next), MINUTE).errors());
        assertEquals(0, clusters.await(asked.keys().remove(old), MINUTE).errors());
        KeyResult listed = clusters.await(asked.keys().list(), MINUTE);
        assertEquals(Map.of(next.toBase64(), 3), listed.keys());
        assertEquals(
                next,
                Objects.requireNonNull(clusters.cluster(2).wire().keyring()).primary());
    }

    @Test
    void what_is_posted_does_not_happen_before_time_passes() {
        SimulatedClusters clusters = three();
        CompletableFuture<Void> sent = clusters.cluster(0).event("e", new byte[0]);
        assertFalse(sent.isDone());
        clusters.await(sent, MINUTE);
        assertEquals(Duration.ZERO, clusters.now());
    }

    @Test
    void waiting_as_on_threads_is_refused() {
        SimulatedClusters clusters = three();
        CompletableFuture<Void> sent = clusters.cluster(0).event("e", new byte[0]);
        for (var way : List.<org.junit.jupiter.api.function.Executable>of(
                sent::get, sent::join, sent.thenApply(x -> x)::join)) {
            Exception e = assertThrows(IllegalStateException.class, way);
            assertTrue(e.getMessage().contains("virtual time passes only while the test has it pass"), e::getMessage);
        }
    }

    @Test
    void a_wait_that_fails_says_seed_time_and_what_happened_last() {
        SimulatedClusters clusters = SimulatedClusters.of(3).seed(77).together().start();
        clusters.cluster(1).event("deployed", new byte[0]);
        InvariantViolation e = assertThrows(
                InvariantViolation.class, () -> clusters.await("no leader", () -> false, Duration.ofMillis(50)));
        assertTrue(e.getMessage().startsWith("no leader, PT0.05S after PT0S\n  at 0.050000000 s"), e::getMessage);
        assertTrue(e.getMessage().contains("seed 77"), e::getMessage);
        assertTrue(e.getMessage().contains("n1 ** event deployed"), e::getMessage);
    }

    @Test
    void what_a_listener_throws_fails_the_wait_in_which_it_happens() {
        SimulatedClusters clusters = three();
        AssertionError thrown = new AssertionError("wrong order");
        clusters.cluster(2).onUserEvent(event -> {
            throw thrown;
        });
        clusters.cluster(0).event("e", new byte[0]);
        InvariantViolation e = assertThrows(InvariantViolation.class, () -> clusters.run(MINUTE));
        assertSame(thrown, e.getCause());
        assertTrue(e.getMessage().startsWith("n2: the application failed: "), e::getMessage);
    }

    @Test
    void time_does_not_pass_inside_of_a_callback() {
        SimulatedClusters clusters = three();
        clusters.scheduler(0).execute(() -> clusters.run(MINUTE));
        InvariantViolation e = assertThrows(InvariantViolation.class, () -> clusters.run(MINUTE));
        assertTrue(e.getCause().getMessage().startsWith("time passes already"), e::getMessage);
    }

    @Test
    void threads_of_an_application_are_refused_while_time_passes() {
        SimulatedClusters clusters = three();
        clusters.scheduler(0).execute(() -> {
            Exception[] refused = new Exception[1];
            Thread thread = new Thread(() -> refused[0] = assertThrows(
                    IllegalStateException.class, () -> clusters.cluster(0).event("e", new byte[0])));
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertTrue(refused[0].getMessage().contains("give it scheduler(...)"), refused[0]::getMessage);
        });
        clusters.run(Duration.ofMillis(1));
    }

    @Test
    void an_application_that_turns_in_circles_is_found_out() {
        SimulatedClusters clusters = three();
        Runnable[] circle = new Runnable[1];
        circle[0] = () -> clusters.scheduler(0).execute(circle[0]);
        circle[0].run();
        InvariantViolation e = assertThrows(InvariantViolation.class, () -> clusters.run(Duration.ofMillis(1)));
        assertTrue(e.getMessage().contains("no time has passed"), e::getMessage);
    }

    @Test
    void one_seed_is_one_run_and_another_is_another() {
        assertEquals(story(7), story(7));
        assertNotEquals(story(7), story(8));
    }

    private static List<String> story(long seed) {
        SimulatedClusters clusters =
                SimulatedClusters.of(4).seed(seed).loss(0.1).start().joinAll(MINUTE);
        List<String> told = new ArrayList<>();
        for (Cluster each : clusters.clusters()) {
            each.listen(event -> told.add(clusters.now() + " " + event));
            each.state().watch(change -> told.add(clusters.now() + " " + change));
        }
        var counter = clusters.cluster(3).state().counter("c");
        clusters.scheduler(3)
                .scheduleAtFixedRate(() -> counter.add(1), 100, 100, java.util.concurrent.TimeUnit.MILLISECONDS);
        clusters.run(Duration.ofSeconds(2)).crash(1).run(Duration.ofSeconds(30));
        told.add("hash " + clusters.simulation().traceHash());
        return told;
    }
}
