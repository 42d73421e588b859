package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Prng;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.Views;
import dev.hearsay.core.state.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Everything at once: writes of all types while packets are lost, doubled and overtaken, the network breaks in two, processes die and come
 * back, and clocks are wrong. In the end all have the same, nothing that was acknowledged is lost, and nothing that was deleted is back.
 */
class StateChaosTest {
    private static final int STEPS = 120;
    private static final Duration STEP = Duration.ofMillis(300);

    /** How long deletions are remembered: members that failed hold up forgetting, so that even a short time is enough. */
    private enum Memory {
        LONG(Duration.ofSeconds(20), Duration.ofSeconds(60), 20_000),
        SHORT(Duration.ofSeconds(6), Duration.ofSeconds(2), 500);

        final Duration grace;
        final Duration skew;
        final long clockErrorMillis;

        Memory(Duration grace, Duration skew, long clockErrorMillis) {
            this.grace = grace;
            this.skew = skew;
            this.clockErrorMillis = clockErrorMillis;
        }
    }

    private static final class Chaos {
        final Prng random;
        final Memory memory;
        final int nodes;

        /** A bit for each node: whether it has a disk. */
        final int durable;

        /** Whether the counter is known: not after a node without a disk has died. */
        boolean countable = true;

        final Simulation sim;
        final Set<String> kept = new HashSet<>();
        final Set<String> deleted = new HashSet<>();
        final Set<String> elements = new HashSet<>();
        long counted;
        int apart;
        int serial;

        Chaos(long seed) {
            random = new Prng(seed * 7919);
            memory = seed % 2 == 0 ? Memory.LONG : Memory.SHORT;
            nodes = 3 + random.below(5);
            int durable = random.below(2) == 0 ? -1 : random.nextInt();
            this.durable = durable;
            sim = Simulation.of(nodes)
                    .seed(seed)
                    .warm()
                    .durable(node -> (durable & 1 << node) != 0)
                    .clockErrors(node -> Duration.ofMillis(Prng.mix(seed + node.index()) % memory.clockErrorMillis))
                    .delegates(node -> SharedStateTest.with(StateConfig.DEFAULTS.with(c -> {
                        c.graceNanos = memory.grace.toNanos();
                        c.skewNanos = memory.skew.toNanos();
                    })))
                    .codec(seed % 4 == 0 ? new WireCodec() : Codec.NONE)
                    .unchecked()
                    .start();
            sim.network(Network.lan().withLoss(random.below(4) * 0.05).withDuplication(0.05));
        }

        void step() {
            int node = random.below(nodes);
            if (sim.node(node).isUp() && !sim.node(node).isPaused()) {
                act(node);
            }
            disturb(random.below(nodes));
            sim.run(STEP);
        }

        private void act(int node) {
            String key = "k" + serial++;
            switch (random.below(6)) {
                case 0, 1 -> {
                    SharedStateTest.write(sim, node, new Write.MapPut("map", bytes(key), bytes(key), 0));
                    kept.add(key);
                }
                case 2 -> deleteSomething(node);
                case 3 -> {
                    SharedStateTest.write(sim, node, new Write.SetAdd("set", bytes(key), 0));
                    elements.add(key);
                }
                case 4 -> {
                    long amount = random.below(100) - 30L;
                    SharedStateTest.write(sim, node, new Write.CounterAdd("counter", amount, 0));
                    counted += amount;
                }
                default -> {
                    SharedStateTest.write(sim, node, new Write.RegisterSet("register", bytes(key), 0));
                    SharedStateTest.write(sim, node, new Write.Fact(bytes("load"), bytes(key)));
                }
            }
        }

        /** What is deleted is never written again: then it must not come back. */
        private void deleteSomething(int node) {
            NavigableMap<EntryId, Entry> entries = sim.node(node).core().state().entries();
            for (String key : new ArrayList<>(kept)) {
                if (random.below(3) == 0 && Views.mapValue(entries, "map", bytes(key), 0) != null) {
                    SharedStateTest.write(sim, node, new Write.MapRemove("map", bytes(key)));
                    kept.remove(key);
                    deleted.add(key);
                    return;
                }
            }
            for (String element : new ArrayList<>(elements)) {
                if (Views.contains(entries, "set", bytes(element), 0)) {
                    SharedStateTest.write(sim, node, new Write.SetRemove("set", bytes(element)));
                    elements.remove(element);
                    deleted.add(element);
                    return;
                }
            }
        }

        private void disturb(int node) {
            apart = Math.max(0, apart - 1);
            if (apart == 1) {
                sim.heal();
                for (int i = 0; i < nodes; i++) {
                    rejoin(i);
                }
            }
            switch (random.below(30)) {
                case 0 -> {
                    if (apart == 0 && nodes > 2) {
                        int half = 1 + random.below(nodes - 1);
                        sim.partition(sim.nodes(0, half), sim.nodes(half, nodes));
                        apart = 2 + random.below(40);
                    }
                }
                case 1 -> crash(node);
                case 2, 3 -> revive(node);
                case 4 -> {
                    if (sim.node(node).isUp() && !sim.node(node).isPaused()) {
                        sim.pause(node);
                    }
                }
                case 5, 6 -> resume(node);
                default -> {}
            }
        }

        /** What only a node without a disk had is gone with it. Somebody is always up: else nobody would know who is away. */
        private void crash(int victim) {
            resume(victim);
            if (!sim.node(victim).isUp() || !elsewhere(victim, entries -> true)) {
                return;
            }
            if ((durable & 1 << victim) == 0) {
                countable = false;
                kept.removeIf(key ->
                        !elsewhere(victim, entries -> Views.mapValue(entries, "map", bytes(key), 0) != null));
                elements.removeIf(key -> !elsewhere(victim, entries -> Views.contains(entries, "set", bytes(key), 0)));
                deleted.removeIf(key -> !elsewhere(victim, entries -> buried(entries, key)));
            }
            sim.crash(victim);
        }

        private static boolean buried(NavigableMap<EntryId, Entry> entries, String key) {
            return entries.values().stream()
                    .anyMatch(entry -> entry.deleted() && entry.id().key().equals(bytes(key)));
        }

        private boolean elsewhere(int victim, Predicate<NavigableMap<EntryId, Entry>> has) {
            return sim.nodes().stream()
                    .anyMatch(node -> node.index() != victim
                            && node.isUp()
                            && has.test(node.core().state().entries()));
        }

        private void resume(int node) {
            if (sim.node(node).isUp() && sim.node(node).isPaused()) {
                sim.resume(node);
            }
        }

        /** As an agent with retry-join: it does not stay with itself, or with some of the others. */
        private void rejoin(int node) {
            for (int other = 0; other < nodes; other++) {
                if (other != node && sim.node(node).isUp() && sim.node(other).isUp()) {
                    sim.join(node, other);
                }
            }
        }

        private void revive(int node) {
            if (!sim.node(node).isUp()) {
                sim.restart(node);
                rejoin(node);
            }
        }

        void calm() {
            sim.heal();
            sim.network(Network.lan());
            for (int i = 0; i < nodes; i++) {
                resume(i);
                revive(i);
            }
            for (int i = 0; i < nodes; i++) {
                rejoin(i);
            }
            sim.runUntil(() -> SharedStateTest.agree(sim), Duration.ofMinutes(2));
        }

        void check() {
            for (SimNode node : sim.nodes()) {
                NavigableMap<EntryId, Entry> entries = node.core().state().entries();
                Supplier<String> where = () -> node.name();
                for (String key : kept) {
                    assertNotNull(
                            Views.mapValue(entries, "map", bytes(key), 0), () -> key + " is lost at " + where.get());
                }
                for (String element : elements) {
                    assertTrue(
                            Views.contains(entries, "set", bytes(element), 0),
                            () -> element + " is lost at " + where.get());
                }
                for (String gone : deleted) {
                    assertNull(
                            Views.mapValue(entries, "map", bytes(gone), 0), () -> gone + " is back at " + where.get());
                    assertTrue(
                            !Views.contains(entries, "set", bytes(gone), 0), () -> gone + " is back at " + where.get());
                }
                assertEquals(
                        countable
                                ? counted
                                : Views.counter(sim.node(0).core().state().entries(), "counter", 0),
                        Views.counter(entries, "counter", 0),
                        where);
            }
        }
    }

    private static Bytes bytes(String text) {
        return SharedStateTest.bytes(text);
    }

    @Test
    void all_come_to_the_same_and_nothing_is_lost_or_comes_back() {
        Seeds.each(500, seed -> {
            Chaos chaos = new Chaos(seed);
            for (int i = 0; i < STEPS; i++) {
                chaos.step();
            }
            chaos.calm();
            chaos.check();
            // Deletions are forgotten now, and still nothing comes back.
            chaos.sim.run(chaos.memory.grace.multipliedBy(6));
            chaos.sim.runUntil(() -> SharedStateTest.agree(chaos.sim), Duration.ofMinutes(20));
            chaos.check();
        });
    }
}
