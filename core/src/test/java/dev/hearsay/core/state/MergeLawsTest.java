package dev.hearsay.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.core.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Merging is the join of a semilattice: commutative, associative, idempotent (Shapiro et al. 2011); and deltas in any portions join to the
 * full state (Almeida, Shoker, Baquero 2018).
 */
class MergeLawsTest {
    private static final long NOW = 1_000_000_000L;

    /** What entries are compared by, written down once more. */
    private static final Comparator<Entry> GREATNESS = Comparator.comparingLong(Entry::stamp)
            .thenComparing(Entry::deleted)
            .thenComparingLong(Entry::time)
            .thenComparing(Entry::writer, Long::compareUnsigned)
            .thenComparing(Entry::hash, Long::compareUnsigned);

    @Property(tries = 500)
    void in_whatever_order_and_however_often_entries_come_each_node_has_the_greatest_of_each_id(
            @ForAll("entries") List<Entry> entries, @ForAll long seed) {
        Map<EntryId, Entry> greatest = new TreeMap<>();
        entries.forEach(entry -> greatest.merge(entry.id(), entry, (a, b) -> GREATNESS.compare(a, b) >= 0 ? a : b));
        Random random = new Random(seed);
        for (int i = 0; i < 4; i++) {
            List<Entry> order = new ArrayList<>(entries);
            order.addAll(entries.subList(0, random.nextInt(entries.size() + 1)));
            Collections.shuffle(order, random);
            Replica replica = merged(order);
            assertEquals(greatest, replica.table.entries());
            assertEquals(0, replica.quarantine.kept().size());
        }
    }

    @Property(tries = 500)
    void deltas_in_any_portions_merged_by_any_of_them_make_the_same_as_the_full_state(
            @ForAll("entries") List<Entry> entries, @ForAll long seed) {
        Replica full = merged(entries);
        Random random = new Random(seed);
        List<Replica> portions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            portions.add(new Replica(i + 1, 0));
        }
        // Each entry is known to one at least, some to several.
        for (Entry entry : entries) {
            portions.get(random.nextInt(4)).merge(entry, NOW);
            portions.get(random.nextInt(4)).merge(entry, NOW);
        }
        while (portions.size() > 1) {
            Replica one = portions.remove(random.nextInt(portions.size()));
            portions.get(random.nextInt(portions.size())).pull(one, NOW);
        }
        same(full, portions.get(0));
    }

    @Property(tries = 300)
    void two_that_have_merged_each_other_are_the_same_and_merging_again_changes_nothing(
            @ForAll("entries") List<Entry> left, @ForAll("entries") List<Entry> right) {
        Replica one = merged(left);
        Replica other = merged(right);
        Replica before = merged(left);
        one.pull(other, NOW);
        other.pull(before, NOW);
        same(one, other);
        int told = one.out.events.size();
        one.pull(other, NOW);
        one.pull(one, NOW);
        same(one, other);
        assertEquals(told, one.out.events.size(), "something was told although nothing was new");
    }

    @Property(tries = 300)
    void the_figures_of_a_table_are_those_of_its_entries(@ForAll("entries") List<Entry> entries) {
        StateTable table = merged(entries).table;
        long sum = 0;
        long bytes = 0;
        int live = 0;
        Sketch sketch = new Sketch(StateTable.KEPT_CELLS);
        for (Entry entry : table.entries().values()) {
            sum += entry.hash();
            bytes += entry.bytes();
            live += entry.deleted() ? 0 : 1;
            sketch.add(entry.hash());
            assertEquals(entry, table.find(entry.hash()));
        }
        assertEquals(sum, table.sum());
        assertEquals(bytes, table.bytes());
        assertEquals(live, table.live());
        int most = StateTable.KEPT_CELLS;
        assertEquals(sketch.cells(most), table.sketch(most).cells(most));
        assertEquals(sketch.cells(most), table.sketch(4 * most).cells(most));
    }

    private static void same(Replica one, Replica other) {
        assertEquals(one.table.entries(), other.table.entries());
        assertEquals(one.table.sum(), other.table.sum());
        for (long wall : new long[] {Replica.DAY, Replica.DAY + 10, Replica.DAY + 20}) {
            assertEquals(views(one, wall), views(other, wall));
        }
    }

    private static List<Object> views(Replica replica, long wall) {
        List<Object> views = new ArrayList<>();
        for (int kind = 1; kind <= 5; kind++) {
            views.add(Views.names(replica.table.entries(), kind, wall));
        }
        for (String name : List.of("a", "ab", "b")) {
            views.add(Views.facts(replica.table.entries(), name, wall));
            views.add(Views.map(replica.table.entries(), name, wall));
            views.add(Views.set(replica.table.entries(), name, wall));
            views.add(Views.counter(replica.table.entries(), name, wall));
            views.add(Views.register(replica.table.entries(), name, wall));
            views.add(Views.contains(replica.table.entries(), name, Bytes.EMPTY, wall));
        }
        return views;
    }

    private static Replica merged(List<Entry> entries) {
        Replica replica = new Replica(9, 0);
        entries.forEach(entry -> replica.merge(entry, NOW));
        return replica;
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        return Entries.any().list().ofMaxSize(60);
    }
}
