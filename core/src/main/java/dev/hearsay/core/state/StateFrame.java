package dev.hearsay.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other about shared state: in packets ({@link dev.hearsay.core.Message.State}), and as request and reply of a
 * stream ({@link dev.hearsay.core.StreamMessage.StateExchange}). They name entries by their {@link Entry#hash}.
 */
public sealed interface StateFrame {

    /** An entry on its way: through how many hands it has gone. */
    record Pushed(Entry entry, int hops) {
        /** Hops of an entry that is not to be pushed or announced by whoever gets it: it is old. Also the most there can be. */
        public static final int OLD = 255;
    }

    /**
     * Entries, and hashes of entries that the sender has. Packets.
     *
     * @param entries pushed while young, or asked for
     * @param announced whoever has not got one may ask for it in a packet
     * @param large likewise, but it does not fit into a packet
     */
    record News(List<Pushed> entries, List<Long> announced, List<Long> large) implements StateFrame {
        /** Nothing at all. */
        public static final News NOTHING = new News(List.of(), List.of(), List.of());
    }

    /** Asks for entries: in a packet answered by {@link News}, in a stream by {@link Chunk}. */
    record Want(List<Long> hashes) implements StateFrame {}

    /**
     * How much there is, in a few bytes: begins an exchange, in a packet. Whoever has the same answers with the same; otherwise with
     * {@link Cells}.
     *
     * @param number of the exchange, chosen by whoever begins it
     * @param answer whether this is an answer
     * @param sum of the hashes of all entries
     * @param count of entries
     * @param settled how far the sender has forgotten what was deleted
     */
    record Summary(int number, boolean answer, long sum, int count, Settled settled) implements StateFrame {}

    /**
     * What a node might forget, and by which clock.
     *
     * @param horizon the stamp up to which it knows everything that was not deleted; 0 if it does not know that of any
     * @param keeps the stamp behind which somebody, whom it knows of, may not have heard of deletions
     * @param wallMillis its wall clock, in milliseconds since 1970
     */
    record Settled(long horizon, long keeps, long wallMillis) {}

    /** Asks for the first so many cells; answered by {@link Cells}, in a stream, or in a packet if they fit. */
    record MoreCells(int number, int count) implements StateFrame {}

    /**
     * Cells of the sender's {@link Sketch}.
     *
     * @param number of the exchange
     * @param count of entries there
     * @param settled see {@link Summary}
     * @param cells from the first on
     */
    record Cells(int number, int count, Settled settled, List<Cell> cells) implements StateFrame {}

    /**
     * A cell of a sketch.
     *
     * @param sum of the hashes that fall into it, bit by bit without carry
     * @param check the same of their check values
     * @param count how many they are
     */
    record Cell(long sum, int check, int count) {}

    /** Asks for all entries behind that id, or from the first on: in a stream, answered by {@link Chunk}. */
    record FetchAll(@Nullable EntryId after) implements StateFrame {}

    /**
     * Entries over a stream.
     *
     * @param entries in the order of their ids if all were asked for
     * @param more whether there are more
     * @param total how many the sender has in all
     * @param settled see {@link Summary}
     */
    record Chunk(List<Entry> entries, boolean more, int total, Settled settled) implements StateFrame {}

    /** Entries that the other side has not got, over a stream; answered by a {@link Chunk} with tombstones of those that were deleted here long ago. */
    record Offer(List<Entry> entries) implements StateFrame {}
}
