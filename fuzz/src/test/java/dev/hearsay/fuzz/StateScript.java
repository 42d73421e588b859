package dev.hearsay.fuzz;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.HybridClock;
import dev.hearsay.core.state.Sketch;
import dev.hearsay.core.state.StateFrame;
import dev.hearsay.core.state.StateKind;
import dev.hearsay.core.state.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * What is said about shared state, and what an application writes, made of the bytes of an input: entries of few ids, some of which the
 * node has itself; right ones, and such as nobody can have made.
 */
final class StateScript {
    private static final List<String> NAMES = List.of(NodeHarness.SELF, "a", "b", "x".repeat(255));

    private static final List<Bytes> KEYS = List.of(Bytes.EMPTY, Bytes.of((byte) 1), Bytes.of(new byte[512]));

    private static final List<Bytes> VALUES = List.of(
            Bytes.EMPTY,
            Bytes.of(new byte[16]),
            Bytes.of((byte) 9),
            Bytes.of(new byte[1100]),
            Bytes.of(new byte[3000]));

    /** Milliseconds before and after the wall clock at the beginning. */
    private static final List<Long> MOMENTS =
            List.of(0L, 1L, 2L, 1000L, 59_000L, 61_000L, 3_600_000L, -1L, -7_200_000L);

    private final Input input;

    /** What the node has. */
    private NavigableMap<EntryId, Entry> table = java.util.Collections.emptyNavigableMap();

    StateScript(Input input) {
        this.input = input;
    }

    /** From now on, what is said may be about what that node has. */
    void about(NavigableMap<EntryId, Entry> entries) {
        table = entries;
    }

    StateFrame frame() {
        return switch (input.choice(12)) {
            case 0, 1, 2 -> new StateFrame.News(pushed(), hashes(), hashes());
            case 3 -> new StateFrame.Want(hashes());
            case 4 -> new StateFrame.Summary(input.choice(4), input.choice(2) == 0, hash(), number(), settled());
            case 5 -> new StateFrame.MoreCells(input.choice(4), number());
            case 6, 7 -> new StateFrame.Cells(input.choice(4), number(), settled(), cells());
            case 8 -> {
                Entry after = known();
                yield new StateFrame.FetchAll(after == null ? null : after.id());
            }
            case 9, 10 -> new StateFrame.Chunk(entries(), input.choice(2) == 0, number(), settled());
            default -> new StateFrame.Offer(entries());
        };
    }

    private List<StateFrame.Pushed> pushed() {
        List<StateFrame.Pushed> pushed = new ArrayList<>();
        for (Entry entry : entries()) {
            pushed.add(new StateFrame.Pushed(entry, input.octet()));
        }
        return pushed;
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (int i = input.choice(5); i > 0; i--) {
            entries.add(entry());
        }
        return entries;
    }

    private Entry entry() {
        Entry known = known();
        int how = input.choice(8);
        if (known != null && how < 3) {
            return switch (how) {
                case 0 -> known;
                case 1 -> Entry.tombstone(known.id(), known.stamp(), 77);
                default -> known.deletedAt(stamp(), 77);
            };
        }
        int kind = input.choice(7);
        long owner = kind == StateKind.FACT || kind == StateKind.MAP ? 0 : 1 + input.choice(3);
        Bytes key = kind == StateKind.REGISTER ? Bytes.EMPTY : of(KEYS);
        Bytes value = kind == StateKind.SET ? Bytes.EMPTY : kind == StateKind.COUNTER ? VALUES.get(1) : of(VALUES);
        EntryId id = new EntryId(kind, of(NAMES), key, owner);
        Entry entry = Entry.of(id, stamp(), 1 + input.choice(3), expires(), value);
        return how == 7 ? wrong(entry) : entry;
    }

    /** Changed on the way; or of an owner, with a value, of a time that its kind cannot have. */
    private Entry wrong(Entry entry) {
        EntryId id = new EntryId(
                entry.id().kind(), entry.id().collection(), entry.id().key(), input.choice(3));
        return switch (input.choice(3)) {
            case 0 -> Entry.of(id, -entry.stamp(), 1, 0, of(VALUES));
            case 1 -> Entry.of(id, entry.stamp(), 1, input.octet(), of(VALUES));
            default ->
                new Entry(
                        entry.id(),
                        entry.stamp(),
                        input.choice(2) == 0,
                        stamp(),
                        entry.writer(),
                        entry.expires(),
                        of(VALUES),
                        of(VALUES),
                        entry.hash());
        };
    }

    /** Of the node's cells, those of a set that has one more and one less, or any. */
    private List<StateFrame.Cell> cells() {
        int count = input.choice(2) == 0 ? 12 : input.choice(80);
        Sketch sketch = new Sketch(count);
        table.values().forEach(entry -> sketch.add(entry.hash()));
        for (int i = input.choice(4); i > 0; i--) {
            sketch.remove(hash());
            sketch.add(hash());
        }
        List<StateFrame.Cell> cells = new ArrayList<>(sketch.cells(count));
        if (count > 0 && input.choice(3) == 0) {
            cells.set(input.choice(count), new StateFrame.Cell(hash(), input.octet(), input.octet() - 128));
        }
        return cells;
    }

    private List<Long> hashes() {
        List<Long> hashes = new ArrayList<>();
        for (int i = input.choice(6); i > 0; i--) {
            hashes.add(hash());
        }
        return hashes;
    }

    private long hash() {
        Entry known = input.choice(2) == 0 ? known() : null;
        return known == null ? input.octet() : known.hash();
    }

    /** One that the node has; null if it has none. */
    private @Nullable Entry known() {
        int index = input.octet();
        return table.isEmpty()
                ? null
                : table.values().stream().skip(index % table.size()).findFirst().orElse(null);
    }

    private StateFrame.Settled settled() {
        return new StateFrame.Settled(
                input.choice(4) == 0 ? input.octet() : stamp(), stamp(), Math.max(0, NodeHarness.WALL + of(MOMENTS)));
    }

    private long stamp() {
        return HybridClock.at(NodeHarness.WALL + of(MOMENTS)) + input.choice(4);
    }

    private long expires() {
        return switch (input.choice(6)) {
            case 0 -> NodeHarness.WALL + of(MOMENTS);
            case 1 -> Long.MAX_VALUE - input.octet();
            case 2 -> -input.octet();
            default -> 0;
        };
    }

    private int number() {
        int octet = input.octet();
        return octet < 250 ? octet : Integer.MAX_VALUE - octet + 250;
    }

    Write write() {
        long ttl = input.choice(3) == 0 ? input.octet() * 1000L - 1000 : 0;
        String name = input.choice(20) == 0 ? "" : of(NAMES);
        return switch (input.choice(8)) {
            case 0 -> new Write.Fact(of(KEYS), input.choice(3) == 0 ? null : of(VALUES));
            case 1 -> new Write.MapPut(name, of(KEYS), of(VALUES), ttl);
            case 2 -> new Write.MapRemove(name, of(KEYS));
            case 3 -> new Write.SetAdd(name, of(KEYS), ttl);
            case 4 -> new Write.SetRemove(name, of(KEYS));
            case 5 -> new Write.CounterAdd(name, input.octet() - 128, ttl);
            case 6 -> new Write.RegisterSet(name, of(VALUES), ttl);
            default -> new Write.RegisterClear(name);
        };
    }

    private <T> T of(List<T> values) {
        return values.get(input.choice(values.size()));
    }
}
