package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import dev.hearsay.api.State;
import dev.hearsay.api.StateChange;
import dev.hearsay.api.StateListener;
import dev.hearsay.api.StateView;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateOverrun;
import dev.hearsay.wire.Capability;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedStateOverSocketsTest {
    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void what_one_member_writes_all_can_read_whatever_its_type() throws Exception {
        List<Cluster> all = nodes.cluster("s", 3);
        State one = all.get(0).state();
        get(one.fact("zone", utf8("a")));
        get(one.map("flags", Codec.TEXT).put("dark", "on"));
        get(one.set("workers", Codec.TEXT).add("w1"));
        assertEquals(2, get(all.get(1).state().counter("rollout").add(2)));
        get(all.get(2).state().counter("rollout").add(-5));
        get(one.register("leader", Codec.TEXT).set("s0"));
        assertEquals("on", one.map("flags", Codec.TEXT).get("dark"), "one reads what it has just written");
        for (Cluster each : all) {
            State state = each.state();
            Await.until(
                    () -> each + " has everything, now " + state.stats(),
                    () -> state.snapshot().facts("s0").containsKey("zone")
                            && "on".equals(state.map("flags", Codec.TEXT).get("dark"))
                            && state.set("workers", Codec.TEXT).contains("w1")
                            && state.counter("rollout").value() == -3
                            && state.register("leader", Codec.TEXT).values().equals(List.of("s0")));
            assertEquals(5, state.snapshot().size());
        }
        Await.until(
                "delays of others' writes are counted",
                () -> all.get(2).state().propagation().count() >= 5);
        assertTrue(get(one.set("workers", Codec.TEXT).remove("w1")));
        assertFalse(get(one.map("flags", Codec.TEXT).remove("unheard of")));
        Await.until(
                "the worker is gone everywhere",
                () -> all.stream()
                        .allMatch(n -> n.state().set("workers", Codec.TEXT).size() == 0));
    }

    @Test
    void a_register_set_on_two_sides_has_both_values_until_somebody_who_knows_both_sets_it() throws Exception {
        Cluster left = nodes.start("left");
        Cluster right = nodes.start("right");
        get(left.state().register("r", Codec.TEXT).set("l"));
        get(right.state().register("r", Codec.TEXT).set("r"));
        Nodes.join(left, right);
        Await.until(
                "both values are here",
                () -> left.state().register("r", Codec.TEXT).values().size() == 2);
        get(left.state().register("r", Codec.TEXT).set("one"));
        Await.until(
                "one value is there",
                () -> right.state().register("r", Codec.TEXT).values().equals(List.of("one")));
    }

    @Test
    void a_watcher_hears_of_each_change_in_order_and_finds_it_in_what_it_reads() throws Exception {
        List<Cluster> all = nodes.cluster("w", 2);
        State writer = all.get(0).state();
        State reader = all.get(1).state();
        List<StateChange> heard = new CopyOnWriteArrayList<>();
        List<String> late = new CopyOnWriteArrayList<>();
        reader.watch(change -> {
            heard.add(change);
            Long read = reader.map("m", NUMBER).get("k");
            long told =
                    change.after() == null ? -1 : NUMBER.decode(change.after().toArray());
            if (read == null ? told >= 0 : read < told) {
                late.add("told " + told + ", read " + read);
            }
        });
        for (long i = 0; i < 100; i++) {
            get(writer.map("m", NUMBER).put("k", i));
        }
        Await.until(
                () -> "the last one is heard of: " + heard,
                () -> !heard.isEmpty()
                        && NUMBER.decode(heard.get(heard.size() - 1).after().toArray()) == 99);
        long before = -1;
        for (StateChange change : heard) {
            assertFalse(change.own());
            long after = NUMBER.decode(change.after().toArray());
            long from =
                    change.before() == null ? -1 : NUMBER.decode(change.before().toArray());
            assertEquals(before, from, "each begins where the one before has ended");
            assertTrue(after > from);
            before = after;
        }
        assertEquals(List.of(), late);
    }

    private static final Codec<Long> NUMBER = new Codec<>() {
        @Override
        public byte[] encode(Long value) {
            return utf8(Long.toString(value));
        }

        @Override
        public Long decode(byte[] bytes) {
            return Long.parseLong(new String(bytes, StandardCharsets.UTF_8));
        }
    };

    @Test
    void a_watcher_that_is_too_slow_is_told_how_much_it_has_missed_and_holds_up_nobody() throws Exception {
        State state = nodes.start("slow").state();
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong missed = new AtomicLong();
        AtomicLong heard = new AtomicLong();
        state.watch(new StateListener() {
            @Override
            public void onChange(StateChange change) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                heard.incrementAndGet();
            }

            @Override
            public void onGap(long dropped) {
                missed.addAndGet(dropped);
            }
        });
        int writes = Cluster.Listener.MAX_PENDING + 500;
        List<CompletableFuture<Void>> written = new ArrayList<>();
        for (int i = 0; i < writes; i++) {
            written.add(state.map("m", NUMBER).put("k", (long) i));
        }
        get(CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)));
        release.countDown();
        Await.until(
                () -> heard + " heard and " + missed + " missed of " + writes,
                () -> heard.get() + missed.get() == writes);
        assertTrue(missed.get() >= 499, missed + " missed");
        assertEquals(String.valueOf(missed), state.stats().get("listener_dropped"));
    }

    @Test
    void a_snapshot_stays_what_it_was() throws Exception {
        State state = nodes.start("still").state();
        get(state.map("m", Codec.TEXT).put("a", "1"));
        StateView before = state.snapshot();
        get(state.map("m", Codec.TEXT).put("a", "2"));
        get(state.map("m", Codec.TEXT).put("b", "2"));
        assertEquals("1", new String(before.mapValue("m", "a").orElseThrow(), StandardCharsets.UTF_8));
        assertEquals(1, before.map("m").size());
        assertEquals(2, state.snapshot().map("m").size());
    }

    @Test
    void what_has_a_time_to_live_is_gone_after_it_everywhere() throws Exception {
        List<Cluster> all = nodes.cluster("t", 2);
        get(all.get(0).state().map("m", Codec.TEXT).put("k", "v", Duration.ofMillis(700)));
        get(all.get(0).state().map("m", Codec.TEXT).put("for good", "v"));
        State other = all.get(1).state();
        Await.until("it has come", () -> "v".equals(other.map("m", Codec.TEXT).get("k")));
        Await.until("it has gone there", () -> other.map("m", Codec.TEXT).get("k") == null);
        Await.until(
                "it has gone here",
                () -> all.get(0).state().map("m", Codec.TEXT).size() == 1);
    }

    @Test
    void who_writes_faster_than_it_may_send_is_told_when_to_try_again() throws Exception {
        StateConfig tight = StateConfig.DEFAULTS.with(c -> {
            c.bytesPerSecond = 1024;
            c.maxBacklogBytes = 4096;
        });
        Cluster fast = nodes.start(Nodes.builder("fast").state(tight));
        Nodes.join(fast, nodes.start("other"));
        Nodes.awaitAlive(List.of(fast), 2);
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            writes.add(fast.state().map("m", Codec.TEXT).put("key" + i, "x".repeat(100)));
        }
        ExecutionException refused = assertThrows(ExecutionException.class, () -> get(writes.get(writes.size() - 1)));
        StateOverrun overrun = (StateOverrun) refused.getCause();
        assertTrue(overrun.retryAfterMillis() > 0);
        assertNull(fast.state().map("m", Codec.TEXT).get("key199"), "and nothing has been changed");
        Await.until("the figures say so", () -> Nodes.stat(fast, "hearsay.state_overruns") > 0);
    }

    @Test
    void a_node_that_takes_no_part_does_not_say_that_it_could_and_keeps_nothing() throws Exception {
        Cluster part = nodes.start("part");
        Cluster none = nodes.start(Nodes.builder("none").state(StateConfig.OFF));
        Nodes.join(none, part);
        Nodes.awaitAlive(List.of(part), 2);
        assertTrue(part.self().capabilities().contains(Capability.STATE));
        assertFalse(part.member("none").orElseThrow().capabilities().contains(Capability.STATE));
        get(none.tags(java.util.Map.of("a", "b")));
        assertFalse(none.self().capabilities().contains(Capability.STATE));
        get(part.state().map("m", Codec.TEXT).put("k", "v"));
        assertEquals(0, none.state().snapshot().size());
        ExecutionException refused = assertThrows(
                ExecutionException.class, () -> get(none.state().counter("c").add(1)));
        assertTrue(refused.getCause() instanceof IllegalStateException, refused.toString());
    }

    @Test
    void what_cannot_be_written_is_refused_with_the_limit() {
        State state = nodes.start("strict").state();
        for (CompletableFuture<?> bad : List.of(
                state.map("", Codec.TEXT).put("k", "v"),
                state.map("m", Codec.TEXT).put("k".repeat(600), "v"),
                state.map("m", Codec.TEXT).put("half \uD800 pair", "v"),
                state.map("m", Codec.TEXT).put("k", "v", Duration.ofMillis(-1)),
                state.map("m", Codec.TEXT).put("k", "v", Duration.ofSeconds(Long.MAX_VALUE)),
                state.fact("", new byte[0]))) {
            ExecutionException refused = assertThrows(ExecutionException.class, () -> get(bad));
            assertTrue(refused.getCause() instanceof IllegalArgumentException, refused.toString());
        }
    }
}
