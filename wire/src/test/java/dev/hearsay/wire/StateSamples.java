package dev.hearsay.wire;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateFrame;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Arbitrary frames of shared state: of all types, with all that an entry may have, right or wrong. */
final class StateSamples {
    private StateSamples() {}

    /** What is said in packets and in streams. */
    static Arbitrary<StateFrame> frames() {
        return Arbitraries.oneOf(news(), wants(), summaries(), moreCells(), cells(), fetches(), chunks(), offers());
    }

    private static Arbitrary<StateFrame> news() {
        return Combinators.combine(
                        Combinators.combine(entries(), octets())
                                .as(StateFrame.Pushed::new)
                                .list()
                                .ofMaxSize(6),
                        hashes(6),
                        hashes(6))
                .as(StateFrame.News::new);
    }

    private static Arbitrary<StateFrame> wants() {
        return hashes(40).map(StateFrame.Want::new);
    }

    private static Arbitrary<StateFrame> summaries() {
        return Combinators.combine(Arbitraries.integers(), flags(), Arbitraries.longs(), counts(), settled())
                .as(StateFrame.Summary::new);
    }

    private static Arbitrary<StateFrame> moreCells() {
        return Combinators.combine(Arbitraries.integers(), counts()).as(StateFrame.MoreCells::new);
    }

    private static Arbitrary<StateFrame> cells() {
        Arbitrary<List<StateFrame.Cell>> cells = Combinators.combine(
                        Arbitraries.longs(), Arbitraries.integers(), Arbitraries.integers())
                .as(StateFrame.Cell::new)
                .list()
                .ofMaxSize(30);
        return Combinators.combine(Arbitraries.integers(), counts(), settled(), cells)
                .as(StateFrame.Cells::new);
    }

    private static Arbitrary<StateFrame> fetches() {
        return ids().injectNull(0.2).map(StateFrame.FetchAll::new);
    }

    private static Arbitrary<StateFrame> chunks() {
        return Combinators.combine(entries().list().ofMaxSize(6), flags(), counts(), settled())
                .as(StateFrame.Chunk::new);
    }

    private static Arbitrary<StateFrame> offers() {
        return entries().list().ofMaxSize(6).map(StateFrame.Offer::new);
    }

    /** Entries as their writers make them; with what a later version added; and such that nobody can have made. */
    static Arbitrary<Entry> entries() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, sealed()),
                Tuple.of(2, sealed().map(entry -> entry.deletedAt(entry.stamp() + 7, 9))),
                Tuple.of(4, any()));
    }

    private static Arbitrary<Entry> sealed() {
        return Combinators.combine(ids(), Arbitraries.longs(), Arbitraries.longs(), numbers(), values())
                .as(Entry::of);
    }

    /** Each flag on and off: a tombstone; an owner; a time, a writer, an end of their own. */
    private static Arbitrary<Entry> any() {
        Arbitrary<long[]> times = Combinators.combine(
                        Arbitraries.longs(), flags(), Arbitraries.longs(), flags(), Arbitraries.longs())
                .as((stamp, sameTime, time, own, writer) ->
                        new long[] {stamp, sameTime ? stamp : time, own ? 1 : 0, writer});
        return Combinators.combine(ids(), times, flags(), numbers(), values(), Samples.bytes(30), Arbitraries.longs())
                .as((id, time, deleted, expires, value, extra, hash) -> new Entry(
                        id,
                        time[0],
                        deleted,
                        time[1],
                        time[2] == 1 ? id.owner() : time[3],
                        expires,
                        value,
                        extra,
                        hash));
    }

    private static Arbitrary<EntryId> ids() {
        Arbitrary<String> names =
                Samples.texts(EntryId.MAX_COLLECTION_BYTES).filter(name -> !name.isEmpty() && name.indexOf('\0') < 0);
        return Combinators.combine(octets(), names, Samples.bytes(EntryId.MAX_KEY_BYTES), numbers())
                .as(EntryId::new);
    }

    /** Long ones, too. */
    private static Arbitrary<Bytes> values() {
        return Arbitraries.frequencyOf(
                Tuple.of(20, Samples.bytes(300)),
                Tuple.of(1, Arbitraries.of(0x3FFF, 0x4000, 20_000).map(length -> Bytes.of(new byte[length]))));
    }

    private static Arbitrary<StateFrame.Settled> settled() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.longs().between(0, (1L << 48) - 1))
                .as(StateFrame.Settled::new);
    }

    private static Arbitrary<List<Long>> hashes(int most) {
        return Arbitraries.longs().list().ofMaxSize(most);
    }

    /** As often nothing as something. */
    private static Arbitrary<Long> numbers() {
        return Arbitraries.oneOf(Arbitraries.just(0L), Arbitraries.longs());
    }

    private static Arbitrary<Integer> counts() {
        return Arbitraries.oneOf(
                Arbitraries.of(0, 0x7F, 0x80, 0x3FFF, 0x4000, Integer.MAX_VALUE),
                Arbitraries.integers().between(0, Integer.MAX_VALUE));
    }

    private static Arbitrary<Integer> octets() {
        return Arbitraries.integers().between(0, 255);
    }

    private static Arbitrary<Boolean> flags() {
        return Arbitraries.of(true, false);
    }
}
