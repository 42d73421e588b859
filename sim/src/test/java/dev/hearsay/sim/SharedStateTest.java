package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Shared state in clusters: how it spreads, and that all come to the same. */
class SharedStateTest {
    static Delegate with(StateConfig config) {
        return new Delegate() {
            @Override
            public boolean serf() {
                return true;
            }

            @Override
            public Bytes localState(boolean join) {
                return Bytes.EMPTY;
            }

            @Override
            public StateConfig stateConfig() {
                return config;
            }
        };
    }

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Simulation sim, int node, Write write) {
        sim.command(node, "write " + write, (core, now, out) -> core.state().write(write, now, out));
    }

    static boolean equal(Simulation sim) {
        long sum = sim.node(0).core().state().sum();
        return sim.nodes().stream().allMatch(n -> !n.isUp() || n.core().state().sum() == sum);
    }

    /** Whether all have the same but for what is deleted, which some remember longer than others. */
    static boolean agree(Simulation sim) {
        long first = live(sim.node(0));
        return sim.nodes().stream().allMatch(n -> !n.isUp() || live(n) == first);
    }

    private static long live(SimNode node) {
        return node.core().state().entries().values().stream()
                .filter(entry -> !entry.deleted())
                .mapToLong(Entry::hash)
                .sum();
    }

    static long count(Simulation sim, Counter counter) {
        return sim.nodes().stream()
                .mapToLong(n -> n.core().counters().get(counter))
                .sum();
    }

    @Test
    void smoke() {
        for (StateConfig.Mode mode : StateConfig.Mode.values()) {
            for (int n : new int[] {10, 100, 1000}) {
                Simulation sim = Simulation.of(n)
                        .warm()
                        .delegates(node -> with(StateConfig.DEFAULTS.with(c -> c.mode = mode)))
                        .codec(new WireCodec())
                        .start();
                sim.run(Duration.ofSeconds(2));
                long before = count(sim, Counter.STATE_BYTES_SENT);
                write(sim, 0, new Write.MapPut("m", bytes("k"), bytes("v".repeat(500)), 0));
                Duration took = sim.runUntil(() -> equal(sim), Duration.ofSeconds(30));
                System.out.println(mode + " " + n + " " + took.toMillis() + " ms copies "
                        + count(sim, Counter.STATE_COPIES) / (double) n + " wanted " + count(sim, Counter.STATE_WANTED)
                        + " bytes/node " + (count(sim, Counter.STATE_BYTES_SENT) - before) / n + " idle bytes/s/node "
                        + before / 2 / n);
                assertEquals(n, count(sim, Counter.STATE_TAKEN) + 1);
                assertTrue(equal(sim));
            }
        }
    }
}
