package dev.hearsay.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.core.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Each type against its specification: a function of the operations that a replica knows of, and of which of these knew of which (Shapiro
 * et al. 2011, "A comprehensive study of convergent and commutative replicated data types"). Three replicas write at the same time and
 * take each other's state in random order; after each step each of them has to say what the specification says.
 */
class SharedTypesTest {
    private static final int REPLICAS = 3;
    private static final int STEPS = 60;

    /** What somebody did, with what he knew of then. */
    private record Operation(Write write, int by, long stamp, Set<Operation> known) {
        /** Identity is enough, and knows no recursion. */
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(stamp) * 31 + by;
        }
    }

    private interface Writer {
        Write random(Random random);
    }

    /** The specification, and what the replica says, have to agree. */
    private interface Specification extends BiConsumer<Set<Operation>, Replica> {}

    private long now;

    private void check(long seed, Writer writer, Specification specification) {
        Random random = new Random(seed);
        List<Replica> replicas = new ArrayList<>();
        List<Set<Operation>> known = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            // Clocks that are apart by up to two seconds.
            replicas.add(new Replica(i + 1, random.nextInt(2000)));
            known.add(new LinkedHashSet<>());
        }
        for (int step = 0; step < STEPS; step++) {
            now += random.nextInt(3) * 400_000L;
            int at = random.nextInt(REPLICAS);
            int from = random.nextInt(REPLICAS);
            if (random.nextInt(3) > 0) {
                Write write = writer.random(random);
                List<Entry> entries = replicas.get(at).write(write, now);
                if (!entries.isEmpty()) {
                    long stamp = entries.get(entries.size() - 1).stamp();
                    known.get(at).add(new Operation(write, at + 1, stamp, Set.copyOf(known.get(at))));
                }
            } else {
                replicas.get(at).pull(replicas.get(from), now);
                known.get(at).addAll(known.get(from));
            }
            specification.accept(known.get(at), replicas.get(at));
        }
        for (int i = 0; i < 2 * REPLICAS; i++) {
            replicas.get((i + 1) % REPLICAS).pull(replicas.get(i % REPLICAS), now);
            known.get((i + 1) % REPLICAS).addAll(known.get(i % REPLICAS));
        }
        for (int i = 0; i < REPLICAS; i++) {
            specification.accept(known.get(i), replicas.get(i));
            assertEquals(replicas.get(0).table.entries(), replicas.get(i).table.entries());
        }
    }

    @Property(tries = 150)
    void a_key_of_a_map_has_the_value_of_the_write_with_the_greatest_stamp(@ForAll long seed) {
        check(
                seed,
                random -> random.nextInt(4) == 0
                        ? new Write.MapRemove("m", element(random))
                        : new Write.MapPut("m", element(random), number(random), 0),
                (known, replica) -> {
                    SortedMap<Bytes, Operation> last = new TreeMap<>(EntryId::compare);
                    known.stream().sorted(LAST_WINS).forEach(each -> last.put(key(each.write()), each));
                    SortedMap<Bytes, Bytes> expected = new TreeMap<>(EntryId::compare);
                    last.forEach((key, each) -> {
                        if (each.write() instanceof Write.MapPut put) {
                            expected.put(key, put.value());
                        }
                    });
                    assertEquals(expected, Views.map(replica.table.entries(), "m", wall(replica)));
                    for (int i = 0; i < 3; i++) {
                        Bytes key = Replica.bytes("e" + i);
                        assertEquals(
                                expected.get(key), Views.mapValue(replica.table.entries(), "m", key, wall(replica)));
                    }
                });
    }

    @Property(tries = 150)
    void an_element_is_in_a_set_if_some_add_is_known_to_no_remove_so_that_adds_win(@ForAll long seed) {
        check(
                seed,
                random -> random.nextInt(3) == 0
                        ? new Write.SetRemove("s", element(random))
                        : new Write.SetAdd("s", element(random), 0),
                (known, replica) -> {
                    SortedSet<Bytes> expected = new TreeSet<>(EntryId::compare);
                    for (Operation each : known) {
                        if (each.write() instanceof Write.SetAdd add
                                && known.stream()
                                        .noneMatch(other -> other.write() instanceof Write.SetRemove remove
                                                && remove.element().equals(add.element())
                                                && other.known().contains(each))) {
                            expected.add(add.element());
                        }
                    }
                    assertEquals(expected, Views.set(replica.table.entries(), "s", wall(replica)));
                    for (int i = 0; i < 3; i++) {
                        Bytes element = Replica.bytes("e" + i);
                        assertEquals(
                                expected.contains(element),
                                Views.contains(replica.table.entries(), "s", element, wall(replica)));
                    }
                });
    }

    @Property(tries = 150)
    void a_counter_is_the_sum_of_all_that_is_known_to_have_been_added_and_taken_off(@ForAll long seed) {
        check(
                seed,
                random -> new Write.CounterAdd(
                        "c", random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(21) - 10, 0),
                (known, replica) -> {
                    long expected = 0;
                    for (Operation each : known) {
                        expected += ((Write.CounterAdd) each.write()).amount();
                    }
                    assertEquals(expected, Views.counter(replica.table.entries(), "c", wall(replica)));
                });
    }

    @Property(tries = 150)
    void a_register_has_the_values_of_the_writes_that_no_other_write_knew_of(@ForAll long seed) {
        check(
                seed,
                random -> random.nextInt(5) == 0
                        ? new Write.RegisterClear("r")
                        : new Write.RegisterSet("r", number(random), 0),
                (known, replica) -> {
                    List<Operation> maximal = new ArrayList<>();
                    for (Operation each : known) {
                        if (each.write() instanceof Write.RegisterSet
                                && known.stream()
                                        .noneMatch(other -> other.known().contains(each))) {
                            maximal.add(each);
                        }
                    }
                    maximal.sort(Comparator.comparingInt(Operation::by));
                    List<Bytes> expected = new ArrayList<>();
                    maximal.forEach(each -> expected.add(((Write.RegisterSet) each.write()).value()));
                    assertEquals(expected, Views.register(replica.table.entries(), "r", wall(replica)));
                });
    }

    /** By stamp; of two with the same, a removal; then the one with the greater number. */
    private static final Comparator<Operation> LAST_WINS = Comparator.comparingLong(Operation::stamp)
            .thenComparing(each -> each.write() instanceof Write.MapRemove)
            .thenComparingInt(Operation::by);

    private long wall(Replica replica) {
        return replica.clock.wallMillis(now);
    }

    private static Bytes key(Write write) {
        return write instanceof Write.MapPut put ? put.key() : ((Write.MapRemove) write).key();
    }

    private static Bytes element(Random random) {
        return Replica.bytes("e" + random.nextInt(3));
    }

    private static Bytes number(Random random) {
        return Replica.bytes("v" + random.nextInt(1000));
    }
}
