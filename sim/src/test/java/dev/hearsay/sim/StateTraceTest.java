package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateFrame;
import dev.hearsay.core.state.StateKind;
import dev.hearsay.core.state.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Shared state in a trace: what is said about it is seen, and the same with and without an encoding. */
class StateTraceTest {
    private static final StateFrame.Settled SETTLED = new StateFrame.Settled(1, 2, 3);
    private static final Entry ENTRY = Entry.of(new EntryId(StateKind.MAP, "m", Bytes.EMPTY, 0), 1, 2, 0, Bytes.EMPTY);

    /** Different in one thing each. */
    private static List<StateFrame> frames() {
        Entry damaged = new Entry(ENTRY.id(), 1, false, 1, 2, 5, Bytes.EMPTY, Bytes.EMPTY, ENTRY.hash());
        return List.of(
                StateFrame.News.NOTHING,
                new StateFrame.News(List.of(new StateFrame.Pushed(ENTRY, 1)), List.of(), List.of()),
                new StateFrame.News(List.of(new StateFrame.Pushed(ENTRY, 2)), List.of(), List.of()),
                new StateFrame.News(List.of(new StateFrame.Pushed(damaged, 2)), List.of(), List.of()),
                new StateFrame.News(List.of(), List.of(1L), List.of()),
                new StateFrame.News(List.of(), List.of(), List.of(1L)),
                new StateFrame.Want(List.of(1L)),
                new StateFrame.Want(List.of(2L)),
                new StateFrame.Summary(1, true, 2, 3, SETTLED),
                new StateFrame.Summary(1, false, 2, 3, SETTLED),
                new StateFrame.Summary(1, false, 2, 4, SETTLED),
                new StateFrame.Summary(1, false, 2, 4, new StateFrame.Settled(1, 2, 4)),
                new StateFrame.Summary(1, false, 2, 4, new StateFrame.Settled(1, 3, 4)),
                new StateFrame.MoreCells(1, 2),
                new StateFrame.MoreCells(2, 2),
                new StateFrame.Cells(1, 2, SETTLED, List.of()),
                new StateFrame.Cells(1, 2, SETTLED, List.of(new StateFrame.Cell(1, 2, 3))),
                new StateFrame.Cells(1, 2, SETTLED, List.of(new StateFrame.Cell(1, 2, -3))),
                new StateFrame.FetchAll(null),
                new StateFrame.FetchAll(ENTRY.id()),
                new StateFrame.Chunk(List.of(), true, 1, SETTLED),
                new StateFrame.Chunk(List.of(), false, 1, SETTLED),
                new StateFrame.Chunk(List.of(ENTRY), false, 1, SETTLED),
                new StateFrame.Offer(List.of()),
                new StateFrame.Offer(List.of(ENTRY)));
    }

    @Test
    void whatever_is_said_differently_is_seen_differently() {
        Set<Long> hashes = new HashSet<>();
        Digest digest = new Digest();
        for (StateFrame frame : frames()) {
            digest.of(new Message.State(frame));
            assertTrue(hashes.add(digest.hash()), () -> "seen before: " + frame);
            digest.of(new StreamMessage.StateExchange(frame));
            assertTrue(hashes.add(digest.hash()), () -> "in a stream, seen before: " + frame);
        }
    }

    @Test
    void encoding_and_decoding_shared_state_leaves_the_trace_as_it_is() {
        Simulation plain = story(Simulation.of(6).seed(5));
        Simulation encoded = story(Simulation.of(6).seed(5).codec(new WireCodec()));
        assertEquals(plain.traceHash(), encoded.traceHash());
        assertEquals(
                plain.node(3).core().state().sum(),
                encoded.node(3).core().state().sum());
    }

    @Test
    void another_value_is_another_trace() {
        SimulationBuilder setup = Simulation.of(6).seed(5);
        assertNotEquals(
                story(setup).traceHash(),
                story(Simulation.of(6).seed(5), "other").traceHash());
    }

    private static Simulation story(SimulationBuilder setup) {
        return story(setup, "value");
    }

    /** Writes of each kind, small and large ones, some during a partition; all of it told, asked for, compared. */
    private static Simulation story(SimulationBuilder setup, String value) {
        Simulation sim = setup.warm()
                .delegates(node -> SharedStateTest.with(StateConfig.DEFAULTS))
                .start();
        sim.run(Duration.ofSeconds(1));
        write(sim, 0, new Write.MapPut("m", bytes("k"), bytes(value), 0));
        write(sim, 1, new Write.MapPut("m", bytes("large"), Bytes.of(new byte[5000]), 0));
        write(sim, 2, new Write.SetAdd("s", bytes("e"), 0));
        write(sim, 3, new Write.Fact(bytes("version"), bytes("1")));
        sim.run(Duration.ofSeconds(2));
        List<SimNode> some = new ArrayList<>(sim.nodes().subList(0, 3));
        sim.partition(some, sim.nodes().subList(3, 6));
        for (int i = 0; i < 100; i++) {
            write(sim, i % 6, new Write.CounterAdd("c" + i, i, 60_000));
        }
        write(sim, 4, new Write.SetRemove("s", bytes("e")));
        write(sim, 5, new Write.RegisterSet("r", bytes("v"), 0));
        sim.run(Duration.ofSeconds(2));
        sim.heal();
        sim.run(Duration.ofSeconds(20));
        assertTrue(SharedStateTest.equal(sim), "they have not come to the same");
        return sim;
    }

    private static void write(Simulation sim, int node, Write write) {
        SharedStateTest.write(sim, node, write);
    }

    private static Bytes bytes(String text) {
        return SharedStateTest.bytes(text);
    }
}
