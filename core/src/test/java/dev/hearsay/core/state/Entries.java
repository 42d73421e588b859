package dev.hearsay.core.state;

import dev.hearsay.core.Bytes;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary entries that may meet: of few ids and few stamps, so that each case of their order comes up. */
final class Entries {
    private Entries() {}

    /** Versions of one entry, right in themselves. */
    static Arbitrary<Entry> versions(EntryId id) {
        Arbitrary<Long> stamps = Arbitraries.longs().between(1, 5).map(n -> HybridClock.at(Replica.DAY) + n);
        Arbitrary<Long> writers = Arbitraries.of(1L, 2L, -3L);
        Arbitrary<Long> ends = Arbitraries.of(0L, Replica.DAY + 10, Replica.DAY + 20);
        Arbitrary<Bytes> values = Arbitraries.of("", "a", "b").map(Replica::bytes);
        return Combinators.combine(
                        stamps, writers, ends, values, Arbitraries.integers().between(0, 5))
                .as((stamp, writer, end, value, how) -> {
                    Bytes fitting = fitting(id, value);
                    Entry entry = Entry.of(id, stamp, writer, end, fitting);
                    return switch (how) {
                        case 0 -> Entry.tombstone(id, stamp, writer);
                        case 1 -> entry.deletedAt(stamp + 2, 2);
                        case 2 -> entry.deletedAt(stamp + 3, -3);
                        default -> entry;
                    };
                });
    }

    private static Bytes fitting(EntryId id, Bytes value) {
        return switch (id.kind()) {
            case StateKind.SET -> Bytes.EMPTY;
            case StateKind.COUNTER -> new Counted(value.length(), 1).bytes();
            default -> value;
        };
    }

    /** Of all kinds, and of one of a later version; valid. */
    static Arbitrary<EntryId> ids() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 3, 4, 5, 77),
                        Arbitraries.of("a", "ab", "b"),
                        Arbitraries.of("", "k", "kk", "\u00ff"),
                        Arbitraries.of(1L, 2L, -1L))
                .as((kind, name, key, owner) -> new EntryId(
                        kind,
                        name,
                        kind == StateKind.REGISTER ? Bytes.EMPTY : Replica.bytes(key),
                        kind == StateKind.FACT || kind == StateKind.MAP ? 0 : owner));
    }

    static Arbitrary<Entry> any() {
        return ids().flatMap(Entries::versions);
    }
}
